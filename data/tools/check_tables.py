"""Check the tables of data/ against each other and print supply beside demand. Exit 1 with any fault."""
import json
import sys
import tomllib
from collections import defaultdict
from decimal import Decimal as D

from make_synthetic import STEPS, entitlement
from tables import DATA, credit_code, organisation_code, read

faults = []


def expect(condition, text):
    if not condition:
        faults.append(text)


def known(rows, column, ids, name):
    for row in rows:
        for value in filter(None, row[column].split(";")):
            expect(value in ids, f"{name}: {column} {value} is unknown")


def unique(rows, column, name):
    expect(len({r[column] for r in rows}) == len(rows), f"{name}: {column} is not unique")


def inside(lon, lat, polygons):
    odd = False
    for ring in (ring for polygon in polygons for ring in polygon):
        for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
            if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                odd = not odd
    return odd


def geometry(rows, name):
    shapes = {f["properties"]["code"]: f["geometry"] for f in json.loads((DATA / "districts.geojson").read_text("utf-8"))["features"]}
    for row in rows:
        if row["lon"] == "" or row["district_code"] not in shapes:
            continue
        shape = shapes[row["district_code"]]
        polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        expect(inside(float(row["lon"]), float(row["lat"]), polygons), f"{name}: {list(row.values())[0]} lies outside {row['district_code']}")


def sums(units):
    total = defaultdict(D)
    for unit in units:
        total[unit["unit_id"][:2]] += D(unit["area_m2"])
    for notice in read("notices"):
        expect(total[notice["notice_id"]] == D(notice["area_listed_m2"]), f"notice {notice['notice_id']}: sum {total[notice['notice_id']]}")
    expect(len({u["unit_id"].split("-F")[0] for u in units}) == 100, "not 100 printed rows")


WORDS = dict(use="rd_office office laboratory factory", raised_by="ancillary plot_ratio renovation buy_back cooperative unknown",
             fitout="bare_shell simple full unknown", rent_evidence="published secondary derived assumption",
             divisible="true false", one_tenant_per_floor="true false", hazard_class="none c b a ", gas="true false ",
             clean_water="true false ")


def words(units):
    for unit in units:
        for column, allowed in WORDS.items():
            expect(unit[column] in allowed.split(" "), f"{unit['unit_id']}: {column} = {unit[column]}")
        expect((unit["divisible"] == "true") == bool(unit["smallest_lot_m2"]), f"{unit['unit_id']}: lot")
        for column in filter(None, unit["assumed"].split(";")):
            expect(column in unit, f"{unit['unit_id']}: assumed names {column}")
            expect(unit.get(column, "") != "", f"{unit['unit_id']}: assumed {column} is empty")


def codes(firms):
    for one in firms:
        code = one["credit_code"]
        expect(len(code) == 18 and credit_code(code[:17]) == code, f"{one['firm_id']}: check character")
        expect(organisation_code(code[8:16]) == code[8:17], f"{one['firm_id']}: organisation check character")


def cap(unit, wish):
    """May this unit, or a part of it, serve this wish? Groups and bundles of rooms are not looked at."""
    low, high, area = D(wish["area_min_m2"]), D(wish["area_max_m2"]), D(unit["area_m2"])
    fits = (max(low, D(unit["smallest_lot_m2"])) <= min(high, area)) if unit["divisible"] == "true" else low <= area <= high
    uses = {"rd_office": ("rd_office",), "office": ("office", "rd_office"), "laboratory": ("laboratory",), "factory": ("factory",)}
    hard = all(not wish[need] or (unit[have] and D(unit[have]) >= D(wish[need])) for need, have in (
        ("floor_load_min_kg_m2", "floor_load_kg_m2"), ("clear_height_min_m", "clear_height_m"), ("power_min_a", "power_a")))
    hard = hard and all(wish[n] != "true" or unit[h] == "true" for n, h in (("needs_gas", "gas"), ("needs_clean_water", "clean_water")))
    order = ["none", "c", "b", "a"]
    hard = hard and (not wish["hazard_class"] or (unit["hazard_class"] and order.index(unit["hazard_class"]) >= order.index(wish["hazard_class"])))
    return (fits and hard and unit["use"] in uses[wish["use"]] and D(unit["rent_yuan_m2_month"]) <= D(wish["rent_cap_yuan_m2_month"])
            and max(unit["available_from"], wish["start_from"]) <= wish["start_until"]
            and (not wish["districts"] or unit["district"] in wish["districts"].split(";")))


def size_class(area):
    return "up to 1000" if area <= 1000 else "1000-2400" if area <= 2400 else "above 2400"


def balance(units, wishes, sites):
    supply, demand, least = defaultdict(D), defaultdict(D), defaultdict(D)
    for unit in units:
        area = D(unit["area_m2"])
        kind = "up to 1000" if unit["divisible"] == "true" else size_class(area)
        if unit["available_from"] <= "2026-06-30":
            supply[unit["district"], kind if unit["use"] in ("rd_office", "office") else unit["use"]] += area
    for wish in wishes:
        area = D(wish["area_max_m2"])
        kind = size_class(area) if wish["use"] in ("rd_office", "office") else wish["use"]
        key = sites[wish["site_wishes"].split(";")[0]]["district_code"], kind
        demand[key] += area
        least[key] += D(wish["area_min_m2"])
    print("district  class        supply m2   wanted m2 (first wish)   least m2   wanted/supply")
    for key in sorted(set(supply) | set(demand)):
        ratio = f"{demand[key] / supply[key]:.2f}" if supply[key] else "-"
        print(f"{key[0]:9} {key[1]:11} {supply[key]:10.0f} {demand[key]:16.0f} {least[key]:20.0f} {ratio:>12}")
    print("all      ", f"{sum(supply.values()):22.0f} {sum(demand.values()):16.0f} {sum(least.values()):20.0f}")


def rate(policy, firm, unit, area):
    """Yearly aid of ten months, for a first look at the quotas only."""
    for rule in policy["subsidy"]:
        ok = set(rule.get("credentials_any", [])) & set(firm["credentials"].split(";")) if "credentials_any" in rule else True
        ok = ok and any(firm["industry_code"].startswith(p) for p in rule.get("industry_prefixes", [""]))
        if rule["district"] != unit["district"] or not ok:
            continue
        rent = float(unit["rent_yuan_m2_month"])
        if "guide_rent_yuan_m2_month" in rule:
            rent = min(rent, float(rule["guide_rent_yuan_m2_month"]) * rule["guide_factor_bp"] / 10000)
        area = min(float(area), rule.get("area_cap_m2", 1e9))
        if rule["kind"] == "bands":
            aid = sum(max(0, min(area, b["to_m2"]) - b["from_m2"]) * b["share_bp"] / 10000 for b in rule["bands"]) * rent * 10
        elif rule["kind"] == "yuan_per_m2":
            aid = area * rule["rate_yuan_m2_month"] * 10
        else:
            aid = area * rent * rule["share_bp"] / 10000 * 10
        return min(aid, rule.get("year_cap_yuan", 1e12))
    return 0


def trial(units, wishes, firms, sites, policy):
    """A plain first-come placing, to see scarcity and money; rooms are not joined."""
    left = {u["unit_id"]: D(u["area_m2"]) for u in units}
    fits, aid, placed = {}, defaultdict(float), 0
    for wish in wishes:
        fits[wish["application_id"]] = [u for u in units if cap(u, wish)]
    for wish in sorted(wishes, key=lambda w: len(fits[w["application_id"]])):
        firm, rank = firms[wish["firm_id"]], wish["site_wishes"].split(";")
        if not firm["industry_code"].startswith(("73", "74", "75")) or D(wish["area_min_m2"]) > entitlement(firm["headcount_n"]):
            continue
        options = sorted(fits[wish["application_id"]], key=lambda u: rank.index(u["site_id"]) if u["site_id"] in rank else 9)
        for unit in options:
            need = D(unit["area_m2"]) if unit["divisible"] == "false" else min(left[unit["unit_id"]], D(wish["area_max_m2"]))
            if need > left[unit["unit_id"]] or need < D(wish["area_min_m2"]) or need <= 0:
                continue
            left[unit["unit_id"]] -= need
            placed += 1
            if wish["wants_subsidy"] == "true":
                aid[unit["district"]] += rate(policy, firm, unit, need)
            break
    none = [a for a, f in fits.items() if not f]
    print(f"\nwishes with no single unit: {len(none)} {' '.join(none)}\nplaced by a plain trial: {placed} of {len(wishes)}")
    print("median number of single units per wish:", sorted(map(len, fits.values()))[len(fits) // 2])
    print("\ndistrict  aid of the trial   quota 2026")
    for quota in read("quotas"):
        print(f"{quota['district_code']:9} {aid[quota['district_code']]:16.0f} {quota['amount_yuan']:>12} {quota['mode']}")


def homes(apartments, wishes, sites):
    by, want = defaultdict(int), defaultdict(int)
    for row in apartments:
        by[sites[row["site_id"]]["district_code"]] += int(row["count"])
    for wish in wishes:
        for part in filter(None, wish["households"].split(";")):
            want[sites[wish["site_wishes"].split(";")[0]]["district_code"]] += int(part.split(":")[1])
    print("\ndistrict  apartments  households (first wish)")
    for code in sorted(set(by) | set(want)):
        print(f"{code:9} {by[code]:10} {want[code]:12}")
    print(f"all       {sum(by.values()):10} {sum(want.values()):12}  share {sum(by.values()) / sum(want.values()):.2f}")


def main():
    sites = {s["site_id"]: s for s in read("sites")}
    real, extra = read("units"), read("units_assumed")
    units, wishes, firms, apartments = real + extra, read("applications"), read("firms"), read("apartments")
    districts = {d["code"] for d in read("districts")}
    stations = {s["station_id"] for s in read("metro_stations")}
    for rows, column, name in ((list(sites.values()), "site_id", "sites"), (units, "unit_id", "units"), (firms, "firm_id", "firms"),
                               (firms, "name_zh", "firms"), (firms, "credit_code", "firms"), (wishes, "application_id", "applications"),
                               (wishes, "firm_id", "applications"), (apartments, "apartment_type_id", "apartments")):
        unique(rows, column, name)
    known(units, "site_id", {s for s in sites if sites[s]["kind"] == "space"}, "units")
    known(apartments, "site_id", {s for s in sites if sites[s]["kind"] == "housing"}, "apartments")
    known(apartments, "park_site_id", {s for s in sites if sites[s]["kind"] == "space"}, "apartments")
    known(apartments, "project_id", {p["project_id"] for p in read("housing_projects")}, "apartments")
    known([p for p in read("housing_projects")], "site_id", sites, "housing_projects")
    known(wishes, "firm_id", {f["firm_id"] for f in firms}, "applications")
    known(wishes, "site_wishes", {s for s in sites if sites[s]["kind"] == "space"}, "applications")
    known(wishes, "districts", districts, "applications")
    known(wishes, "anchors", stations, "applications")
    known(read("metro_lines"), "station_id", stations, "metro_lines")
    for rows, name in ((list(sites.values()), "sites"), (firms, "firms"), (read("quotas"), "quotas"), (read("metro_stations"), "stations")):
        known(rows, "district_code", districts, name)
    section_m = {r["code"] for r in read("gbt4754_section_m")}
    expect([f["firm_id"] for f in firms if f["industry_code"] not in section_m and f["industry_code"] != "6513"] == [], "industry codes")
    geometry(list(sites.values()), "sites")
    geometry(read("metro_stations"), "metro_stations")
    sums(real)
    words(units)
    codes(firms)
    policy = tomllib.loads((DATA / "policy" / "default.toml").read_text("utf-8"))
    expect([(s["headcount_from"], s["area_max_m2"]) for s in policy["area_step"]] == STEPS, "steps differ from the policy")
    for wish in wishes:
        expect(D(wish["area_min_m2"]) < D(wish["area_max_m2"]), f"{wish['application_id']}: areas")
        expect(wish["start_from"] <= wish["start_until"], f"{wish['application_id']}: dates")
    if faults:
        print(f"faults: {len(faults)}", *faults, sep="\n")
        return 1
    for unit in units:
        unit["district"] = sites[unit["site_id"]]["district_code"]
    for firm in firms:
        firm["headcount_n"] = int(firm["headcount"])
    heads = sorted(f["headcount_n"] for f in firms)
    print(f"sites {len(sites)}, units {len(real)} real + {len(extra)} assumed, apartment types {len(apartments)}, firms {len(firms)}, "
          f"heads {heads[0]}..{heads[-1]} median {heads[60]} sum {sum(heads)}\n")
    balance(units, wishes, sites)
    trial(units, wishes, {f["firm_id"]: f for f in firms}, sites, policy)
    homes(apartments, wishes, sites)
    print("\nfaults: 0")
    return 0


if __name__ == "__main__":
    sys.exit(main())
