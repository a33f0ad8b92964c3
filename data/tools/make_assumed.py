"""Write ../units_assumed.csv and ../apartments.csv: plausible stock where the sources print none.

Every row is an assumption; the note names the fact it leans on. No randomness: the stock is typed
below, block by block, so that a reader can see and change it.
"""
from tables import header, read, write

PLAIN = dict(use="rd_office", divisible="false", smallest_lot_m2="", group_id="", one_tenant_per_floor="false",
             raised_by="ancillary", fitout="simple", floor_load_kg_m2=300, clear_height_m="2.8", power_a=63,
             gas="false", clean_water="false", hazard_class="none", lease_term_months=60, rent_free_months=0,
             available_from="2026-01-01", available_until="", rent_evidence="assumption")
PARTS = dict(divisible="true", smallest_lot_m2="300.00")
DESKS = dict(divisible="true", smallest_lot_m2="100.00")
FLOOR = dict(one_tenant_per_floor="true", fitout="bare_shell", rent_free_months=3)
FACTORY = dict(use="factory", floor_load_kg_m2=1000, clear_height_m="5.0", power_a=400, hazard_class="c",
               fitout="bare_shell", rent_free_months=3)
LAB = dict(use="laboratory", floor_load_kg_m2=500, clear_height_m="3.6", power_a=160, gas="true",
           clean_water="true", hazard_class="c")
REIT = "博时招商蛇口产业园 REIT operating data, see market_rents.csv"


def block(site, rent, basis, *units, **common):
    """Units of one site: each (building, floor, room, area, extra)."""
    return [dict(site_id=site, rent_yuan_m2_month=rent, basis=basis, building=b, floor=f, room=r, area_m2=a,
                 **{**PLAIN, **common, **extra}) for b, f, r, a, extra in units]


R08 = "rent = market rent of research-office parks, 72.6 (R08)"
SHARE = "rent = 70 % (AR19) of the market rent of research-office parks, 72.6 (R08)"
R07 = "rent = 70 % (AR19) of the rent of factory-type parks, 47.7 (R07)"

STOCK = [
    *block("S001", "122.83", "rent inside the printed range 122.83 to 132.08, vacancy 2.59 to 6.17 % (R14)",
           ("主楼", 5, "501", "316.20", {}), ("主楼", 7, "702", "428.75", dict(use="office")),
           ("主楼", 11, "1101", "652.40", {}), ("主楼", 12, "1203", "287.90", {}),
           fitout="full", rent_evidence="derived", raised_by="renovation"),
    *block("S002", "114.06", "rent inside the printed range 114.06 to 118.07, vacancy 5.5 to 11.04 % (R15)",
           ("主楼", 3, "305", "198.60", dict(use="office")), ("主楼", 4, "401", "356.30", {}),
           ("主楼", 6, "602", "542.10", {}), ("主楼", 8, "801", "886.50", {}), ("主楼", 9, "903", "243.70", {}),
           fitout="full", rent_evidence="derived", raised_by="renovation"),
    *block("S003", "54.85", "rent inside the printed range 54.85 to 57.68, vacancy 8.23 to 10.72 % (R16)",
           ("1栋", 2, "", "1486.00", {**PARTS, "smallest_lot_m2": "400.00"}), ("1栋", 3, "", "1486.00", PARTS),
           ("1栋", 5, "501", "724.30", {}), ("1栋", 5, "502", "761.70", {}),
           ("2栋", 1, "", "2108.00", FACTORY), ("2栋", 2, "", "2108.00", {**FACTORY, **PARTS, "smallest_lot_m2": "500.00"}),
           ("2栋", 3, "", "2108.00", FACTORY), ("2栋", 4, "401", "980.50", {**FACTORY, "power_a": 250}),
           rent_evidence="derived", raised_by="cooperative"),
    *block("S005", "60.00", "about 4700 m2 of municipal space printed in notice N5, its list is missing: split into four; "
           "rent = policy rent in the same 高新区 (R17, R18)",
           ("主楼", 6, "", "1175.00", DESKS), ("主楼", 7, "", "1175.00", PARTS),
           ("主楼", 8, "", "1175.00", FLOOR), ("主楼", 9, "", "1175.00", FLOOR), raised_by="unknown"),
    *block("S009", "72.60", R08 + "; 400000 m2 in 6 towers printed, the vacant part is not",
           ("1栋", 8, "", "1620.00", PARTS), ("1栋", 9, "", "1620.00", PARTS), ("1栋", 10, "", "1620.00", FLOOR),
           ("1栋", 11, "", "1620.00", FLOOR), ("2栋", 5, "", "1835.50", {**PARTS, "smallest_lot_m2": "500.00"}),
           ("2栋", 6, "", "1835.50", FLOOR), ("2栋", 7, "", "1835.50", FLOOR),
           ("3栋", 3, "301", "286.40", dict(use="office")), ("3栋", 3, "302", "412.80", {}),
           ("3栋", 3, "305", "538.20", {}), ("3栋", 4, "401", "174.60", dict(use="office")),
           ("3栋", 4, "402", "655.90", DESKS), raised_by="buy_back"),
    *block("S011", "25.96", "rent = 70 % (AR19) of the office reference rent of the neighbouring 坪山, 37.09 (R12)",
           ("3栋", 2, "201A", "268.00", {**LAB, "group_id": "A-S011-201"}),
           ("3栋", 2, "201B", "84.00", dict(use="office", group_id="A-S011-201")),
           ("3栋", 3, "301", "420.00", LAB), ("3栋", 4, "", "1260.00", {**LAB, **PARTS}),
           ("4栋", 2, "", "1340.00", PARTS), raised_by="plot_ratio"),
    *block("S012", "37.09", "rent = office reference rent of 坪山 2020 (R12); 220273 m2 in 10 buildings printed, the vacant part is not",
           ("5栋", 2, "201A", "312.00", {**LAB, "hazard_class": "b", "group_id": "A-S012-201"}),
           ("5栋", 2, "201B", "96.00", dict(use="office", group_id="A-S012-201")),
           ("5栋", 2, "202A", "298.00", {**LAB, "group_id": "A-S012-202"}),
           ("5栋", 2, "202B", "88.00", dict(use="office", group_id="A-S012-202")),
           ("5栋", 3, "301A", "640.00", {**LAB, "group_id": "A-S012-301"}),
           ("5栋", 3, "301B", "210.00", dict(use="office", group_id="A-S012-301")),
           ("6栋", 1, "", "1180.00", {**LAB, **PARTS, "hazard_class": "b"}), ("6栋", 2, "", "1180.00", {**LAB, **PARTS}),
           ("6栋", 3, "301", "460.00", LAB), ("6栋", 3, "302", "355.00", LAB),
           ("7栋", 4, "401", "520.00", {}), ("7栋", 5, "", "1425.00", PARTS), raised_by="ancillary"),
    *block("S013", "22.76", "rent = reference rent of factory space in 龙岗 2019 (R10)",
           ("1栋", 2, "", "2240.00", FACTORY), ("1栋", 3, "", "2240.00", {**FACTORY, **PARTS, "smallest_lot_m2": "500.00"}),
           ("1栋", 4, "", "2240.00", {**FACTORY, "floor_load_kg_m2": 800}), ("1栋", 5, "501", "1060.00", {**FACTORY, **FLOOR, "floor_load_kg_m2": 800}),
           ("1栋", 5, "502", "1180.00", {**FACTORY, **FLOOR, "floor_load_kg_m2": 800, "power_a": 250}),
           ("1栋", 6, "", "2240.00", {**FACTORY, "floor_load_kg_m2": 650, "power_a": 250}), raised_by="renovation"),
    *block("S013", "33.39", R07,
           ("2栋", 7, "", "1360.00", PARTS), ("2栋", 8, "", "1360.00", PARTS),
           ("2栋", 9, "", "1360.00", FLOOR), ("2栋", 10, "1001", "438.00", {}), raised_by="renovation"),
    *block("S014", "72.60", R08 + "; completion planned 2029, so nothing can start in this round; storey height 6 m or more printed",
           ("主楼", 6, "", "1500.00", {**FLOOR, "clear_height_m": "5.2"}), ("主楼", 7, "", "1500.00", {**PARTS, "clear_height_m": "5.2"}),
           available_from="2029-07-01", raised_by="plot_ratio", floor_load_kg_m2=800),
    *block("S015", "47.70", "rent of factory-type parks (R07); completion planned 2029, so nothing can start in this round; "
           "clean factory with a storey height of 6 m or more printed",
           ("主楼", 3, "", "1600.00", {**FACTORY, "clear_height_m": "5.2"}), ("主楼", 4, "", "1600.00", {**FACTORY, "clear_height_m": "5.2"}),
           available_from="2029-07-01", raised_by="plot_ratio"),
    *block("S016", "72.60", R08 + "; the site is a company campus, not municipal space: these rows only stand for space "
           "in 宝安 and say nothing about the owner's plans",
           ("主楼", 4, "", "1720.00", PARTS), ("主楼", 5, "", "1720.00", PARTS), ("主楼", 6, "", "1720.00", FLOOR),
           ("主楼", 7, "701", "384.00", {}), ("主楼", 7, "702", "512.00", {}), ("主楼", 7, "703", "806.00", DESKS),
           raised_by="cooperative"),
    *block("S017", "33.39", R07 + "; 57360 m2 planned, delivery in mid 2026 is an assumption",
           ("主楼", 5, "", "1280.00", DESKS), ("主楼", 6, "", "1280.00", PARTS), ("主楼", 7, "", "1280.00", FLOOR),
           ("主楼", 2, "", "1450.00", {**FACTORY, "floor_load_kg_m2": 750}), ("主楼", 3, "", "1450.00", {**FACTORY, "floor_load_kg_m2": 750}),
           available_from="2026-06-01", raised_by="plot_ratio"),
    *block("S018", "19.62", "rent = reference rent of factories of the neighbouring 坪山 2020 (R11); 190000 m2 factory printed, the vacant part is not",
           ("2栋", 1, "", "2600.00", {**FACTORY, "floor_load_kg_m2": 1500, "clear_height_m": "6.0", "power_a": 630}),
           ("2栋", 2, "", "2600.00", FACTORY), ("2栋", 3, "", "2600.00", {**FACTORY, **PARTS, "smallest_lot_m2": "500.00"}),
           ("3栋", 2, "", "1150.00", PARTS), raised_by="cooperative"),
    *block("S019", "50.82", SHARE,
           ("5栋A座", 1, "", "880.62", {}), ("5栋A座", 2, "", "880.61", {}), ("5栋C座", 3, "", "1436.24", PARTS),
           available_from="2026-04-01", raised_by="unknown", floor_load_kg_m2="", clear_height_m="", power_a="", gas="",
           clean_water="", hazard_class=""),
    *block("S021", "50.82", SHARE + "; the cluster is named in item 9 of the plan, the building stands for it",
           ("1栋", 4, "", "1540.00", PARTS), ("1栋", 5, "", "1540.00", PARTS), ("1栋", 6, "", "1760.00", FLOOR),
           ("1栋", 7, "", "1760.00", FLOOR), ("2栋", 3, "301", "245.00", {}), ("2栋", 3, "302", "372.00", {}),
           ("2栋", 3, "303", "618.00", {}), ("2栋", 4, "401", "905.00", DESKS), raised_by="renovation"),
]


LISTED = {
    "S019": "the floors and their area together are printed in notice N4 as expected back at the end of 2025; the rest is not",
    "S005": "no unit is printed, only the total",
}


def units():
    columns = header("units")
    rows, count = [], {}
    for unit in STOCK:
        site = unit["site_id"]
        count[site] = count.get(site, 0) + 1
        basis = unit.pop("basis")
        known = {"unit_id", "site_id", "group_id", "evidence", "source", "note", "assumed", "available_until",
                 "rent_evidence"}
        row = dict(unit, unit_id=f"A-{site}-{count[site]:02d}", evidence="assumption",
                   source="data/tools/make_assumed.py", note=f"assumption: {LISTED.get(site, 'no such unit is listed anywhere')}; {basis}")
        row["assumed"] = ";".join(c for c in columns if c not in known and row.get(c, "") not in ("", "unknown"))
        rows.append(row)
    write("units_assumed", columns, rows)


# project, park, type: (layout, area, count, rent); counts are what this round may let, never a printed total
HOMES = {
    "P001": ("", "45.00", [("one_bed", 45, 14), ("two_bed", 68, 10), ("three_bed", 86, 4)]),
    "P002": ("", "42.00", [("studio", 35, 12), ("two_bed", 65, 8)]),
    "P004": ("", "24.00", [("one_bed", 48, 18), ("two_bed", 70, 14), ("three_bed", 88, 6)]),
    "P006": ("", "16.00", [("studio", 35, 12), ("two_bed", 65, 8)]),
    "P007": ("", "15.00", [("dorm_bed", 12, 20), ("studio", 32, 14)]),
    "P014": ("", "15.00", [("one_bed", 45, 8), ("three_bed", 85, 4)]),
    "P018": ("", "32.00", [("studio", 35, 44), ("studio", 50, 18)]),
    "P019": ("", "32.00", [("studio", 35, 26), ("two_bed", 65, 18), ("three_bed", 85, 5)]),
    "P020": ("", "24.00", [("studio", 30, 60)]),
    "P021": ("", "36.00", [("one_bed", 42, 20), ("two_bed", 65, 12)]),
    "P022": ("", "36.00", [("studio", 33, 22), ("two_bed", 66, 8), ("four_bed", 105, 3)]),
    "P023": ("", "40.00", [("one_bed", 45, 16), ("two_bed", 64, 9), ("three_bed", 82, 3)]),
    "P024": ("", "28.00", [("one_bed", 46, 22), ("two_bed", 66, 16), ("three_bed", 84, 4)]),
    "P025": ("", "28.00", [("studio", 34, 20), ("two_bed", 66, 12)]),
    "P026": ("", "40.00", [("studio", 35, 10), ("two_bed", 66, 6)]),
    "P027": ("", "38.00", [("studio", 34, 16), ("one_bed", 46, 8), ("two_bed", 68, 5)]),
    "P028": ("", "34.00", [("one_bed", 44, 10), ("three_bed", 82, 4)]),
    "P029": ("", "22.00", [("one_bed", 45, 12), ("two_bed", 66, 8)]),
    "P031": ("", "23.00", [("two_bed", 68, 10), ("four_bed", 110, 3)]),
    "P033": ("S010", "12.00", [("dorm_bed", 12, 24), ("studio", 35, 12)]),
    "P034": ("S013", "16.00", [("dorm_bed", 12, 36), ("studio", 30, 20)]),
}
PRINTED = {
    "P018": "2679 apartments of 35 to 50 m2 are printed for the whole estate (2016), not vacancies",
    "P019": "770 apartments are printed for the whole estate, 350 of them single, not vacancies",
    "P020": "993 studios are printed for the whole conversion, planned for 2026, not vacancies",
}
HOME_COLUMNS = ("project_id,project_name_zh,site_id,park_site_id,apartment_type_id,layout,area_m2,count,rent_yuan_m2_month,"
                "available_from,evidence,count_evidence,source,note,assumed").split(",")


def rent_basis(project):
    if project in ("P018", "P019"):
        return "rent = 32 yuan of the 前海 round of 2018 (HR23)"
    return "rent: general knowledge of the area at about 60 % of market rent (HR07)"


def apartments():
    projects = {p["project_id"]: p for p in read("housing_projects")}
    rows = []
    for project, (park, rent, types) in HOMES.items():
        fact = projects[project]
        assumed = ["layout", "area_m2", "count", "rent_yuan_m2_month", "available_from"]
        if project in ("P018", "P020"):
            assumed.remove("layout")
        for number, (layout, area, count) in enumerate(types, 1):
            printed = [PRINTED[project]] if project in PRINTED else []
            rows.append(dict(
                project_id=project, project_name_zh=fact["name_zh"], site_id=fact["site_id"], park_site_id=park,
                apartment_type_id=f"{project}-T{number}", layout=layout, area_m2=f"{area:.2f}", count=count,
                rent_yuan_m2_month=rent, available_from="2026-06-01" if project == "P020" else "2026-01-01",
                evidence=fact["evidence"], count_evidence="assumption", source=fact["source"],
                note="; ".join(["the estate is real; assumption: types, areas and the number let in this round", *printed,
                                rent_basis(project)]),
                assumed=";".join(a for a in assumed if not (project == "P018" and a == "area_m2"))))
    write("apartments", HOME_COLUMNS, rows)


if __name__ == "__main__":
    units()
    apartments()
