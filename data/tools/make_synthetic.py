"""Write ../firms.csv, ../applications.csv and ../quotas.csv: synthetic applicants of the demonstration round.

Seeded, so that the same tables come out again. No firm here exists: names begin with （模拟） and the
credit codes carry the division 000000, which is never issued.
Sizes follow a log-normal law (median 54 heads, sigma 1.2, cut to 8..800), trades section M.
"""
import random
from statistics import NormalDist

from tables import credit_code, organisation_code, read, write

SEED = 20260301
ROUND = "R2026-1"
FIRMS = 120
SOURCE = f"data/tools/make_synthetic.py, seed {SEED}"
FIRM_COLUMNS = ("firm_id,credit_code,name_zh,name_en,industry_code,district_code,headcount,revenue_yuan,rd_share_pct,"
                "founded_on,credentials,fields,evidence,source,note").split(",")
WISH_COLUMNS = ("application_id,firm_id,round_id,use,area_min_m2,area_max_m2,start_from,start_until,rent_cap_yuan_m2_month,"
                "floor_load_min_kg_m2,clear_height_min_m,power_min_a,needs_gas,needs_clean_water,hazard_class,site_wishes,"
                "districts,anchors,max_minutes,households,wants_subsidy,evidence,source,note").split(",")

CORES = [("云帆", "Yunfan"), ("星舟", "Xingzhou"), ("岭南", "Lingnan"), ("拓维", "Tuowei"), ("明衡", "Mingheng"),
         ("启元", "Qiyuan"), ("禾木", "Hemu"), ("青砚", "Qingyan"), ("远舟", "Yuanzhou"), ("澄观", "Chengguan"),
         ("木棉", "Mumian"), ("凌波", "Lingbo"), ("弘理", "Hongli"), ("知行", "Zhixing"), ("海石", "Haishi"),
         ("宏图", "Hongtu"), ("鲲羽", "Kunyu"), ("朗峰", "Langfeng"), ("衡山", "Hengshan"), ("晨曦", "Chenxi")]
# code, trade zh, trade en, kind of space, fields, weight
TRADES = [
    ("7484", "工程设计", "Engineering Design", "rd_office", "K1;K2;K3", 15),
    ("7481", "工程咨询管理", "Engineering Management", "rd_office", "K2;K3", 7),
    ("7320", "工程技术研究", "Engineering Research", "rd_office", "K3;K4;K5", 15),
    ("7310", "智能计算研究", "Computing Research", "rd_office", "K3;K4", 10),
    ("7491", "工业设计", "Industrial Design", "rd_office", "K4;K6", 7),
    ("7449", "测绘信息技术", "Survey and Mapping", "rd_office", "K3", 6),
    ("7515", "新能源技术", "New Energy Technology", "rd_office", "K1;K5;K6", 9),
    ("7514", "节能技术", "Energy Saving Technology", "rd_office", "K1;K2;K5", 6),
    ("7530", "科技转移服务", "Technology Transfer", "rd_office", "K4;K5", 6),
    ("7520", "知识产权服务", "Intellectual Property", "office", "", 9),
    ("7455", "认证服务", "Certification", "rd_office", "K2;K6", 4),
    ("7452", "检测技术", "Testing Technology", "factory", "K2;K5;K6", 9),
    ("7453", "计量技术", "Metrology", "factory", "K5;K6", 3),
    ("7461", "环境监测", "Environmental Monitoring", "laboratory", "K2", 4),
    ("7340", "医学研究", "Medical Research", "laboratory", "K4", 7),
    ("7512", "生物技术", "Biotechnology", "laboratory", "", 3),
]
SEATS = {"440305": 43, "440304": 18, "440306": 13, "440307": 12, "440309": 12, "440310": 8, "440311": 6,
         "440303": 4, "440308": 2, "4403X1": 2}
ANCHORS = {"440305": ["高新中", "西丽", "粤海门", "留仙洞"], "440304": ["上梅林", "福田", "车公庙"], "440306": ["宝体", "碧海湾"],
           "440307": ["大运", "横岗"], "440309": ["龙华", "深圳北站"], "440310": ["坪山中心"], "440311": ["凤凰城"],
           "440303": ["罗湖北"]}
SMALL = ["S006", "S007", "S019", "S005", "S009", "S002", "S021", "S016"]   # where the popular class stands
NEAR = {"440304": ["S009"], "440306": ["S016"], "440307": ["S017", "S013"], "440309": ["S021"], "440310": ["S012"],
        "440311": ["S003"], "4403X1": ["S011"], "440305": [], "440303": ["S009"], "440308": ["S013"]}
# step: from head, most area; see policy/default.toml
STEPS = [(8, 200), (15, 400), (25, 800), (50, 1000), (100, 2100), (200, 4000), (500, 10000)]


def entitlement(heads):
    return max((area for start, area in STEPS if heads >= start), default=0)


def pick(rng, weights):
    return rng.choices(list(weights), weights=list(weights.values()))[0]


def sizes(rng):
    law = NormalDist(3.989, 1.2)                        # exp(3.989) = 54 heads
    heads = [2.718281828 ** law.inv_cdf((i + 0.5) / FIRMS) for i in range(FIRMS)]
    heads = [max(8, min(800, round(h * rng.uniform(0.94, 1.06)))) for h in heads]
    rng.shuffle(heads)
    return heads


def deck(rng, weights, n):
    """n cards in the stated proportions, shuffled: steadier than independent draws."""
    total = sum(weights.values())
    cards = [key for key, weight in weights.items() for _ in range(round(weight * n / total) + 1)]
    rng.shuffle(cards)
    return cards[:n]


def credentials(rng, heads, revenue, share):
    marks = []
    if revenue >= 20_000_000:
        marks.append("above_scale")
    if share >= 6 and rng.random() < 0.7:
        marks.append("high_tech")
    elif heads < 100 and rng.random() < 0.6:
        marks.append("tech_sme")
    for name, chance in (("specialised", 0.18), ("national_lab", 0.04), ("academician", 0.05), ("carrier", 0.1)):
        if share >= 5 and rng.random() < chance:
            marks.append(name)
    return ";".join(marks)


def firm(rng, index, heads, trade, seat, names):
    code, zh, en, _, fields, _ = trade
    core = next(c for c in rng.sample(CORES, len(CORES)) if (c[0], zh) not in names)
    names.add((core[0], zh))
    revenue = heads * rng.randint(260, 880) * 1000
    share = round(rng.triangular(2, 38, 8), 1)
    first17 = "91" + "000000" + organisation_code(f"YM{index:06d}")
    known = [f for f in fields.split(";") if f and rng.random() < 0.75]
    return dict(firm_id=f"F{index:03d}", credit_code=credit_code(first17), name_zh=f"（模拟）{core[0]}{zh}有限公司",
                name_en=f"(synthetic) {core[1]} {en} Co., Ltd.", industry_code=code, district_code=seat, headcount=heads,
                revenue_yuan=revenue, rd_share_pct=share,
                founded_on=f"{rng.randint(2006, 2023)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
                credentials=credentials(rng, heads, revenue, share), fields=";".join(known), evidence="synthetic",
                source=SOURCE, note="synthetic firm; the credit code uses the division 000000, which is never issued")


def households(rng, heads):
    if rng.random() < 0.12:
        return ""
    total = min(60, max(1, round(heads * rng.uniform(0.06, 0.16))))
    parts = [("single", 0.56), ("couple", 0.2), ("family", 0.18), ("large", 0.06)]
    counts = {kind: 0 for kind, _ in parts}
    for _ in range(total):
        counts[pick(rng, dict(parts))] += 1
    return ";".join(f"{kind}:{count}" for kind, count in counts.items() if count)


def wish_small(rng, seat):
    first = pick(rng, {"S006": 38, "S007": 18, "S019": 20, "S005": 10, "S009": 5, "S021": 3, "S016": 1, "S002": 2})
    if seat != "440305" and NEAR[seat] and rng.random() < 0.15:
        first = rng.choice(NEAR[seat])
    rest = [s for s in SMALL + NEAR[seat] if s != first]
    return [first, *rng.sample(sorted(set(rest)), rng.randint(1, 3))]


def wish_large(rng, seat, heads):
    first = "S019" if heads < 200 else pick(rng, {"S020": 75, "S019": 25})
    if heads < 200 and seat != "440305" and NEAR[seat] and rng.random() < 0.15:
        first = rng.choice(NEAR[seat])
    rest = [s for s in ["S020", "S019", "S009", "S021", "S017"] + NEAR[seat] if s != first]
    return [first, *rng.sample(sorted(set(rest)), rng.randint(1, 2))]


def wishes(rng, kind, seat, heads, top):
    if kind == "laboratory":
        return ["S008", "S012"] if top <= 300 else rng.sample(["S012", "S011"], 2)
    if kind == "factory":
        return rng.sample(["S013", "S003", "S018", "S017"], rng.randint(1, 3))
    return wish_small(rng, seat) if heads < 100 else wish_large(rng, seat, heads)


def technical(rng, kind, top):
    row = dict.fromkeys(["floor_load_min_kg_m2", "clear_height_min_m", "power_min_a", "hazard_class"], "")
    row.update(needs_gas="false", needs_clean_water="false")
    if kind == "factory":
        row.update(floor_load_min_kg_m2=rng.choice([500, 650, 800, 1000]), clear_height_min_m=rng.choice(["3.6", "4.5"]),
                   power_min_a=rng.choice([160, 250, 250, 400]))
    if kind == "laboratory" and top > 300:
        row.update(needs_gas=rng.choice(["true", "false"]), needs_clean_water="true", hazard_class=rng.choice(["", "c", "c", "c", "b"]),
                   clear_height_min_m=rng.choice(["", "3.0"]))
    return row


def districts(rng, sites, where):
    """All, or the districts of the wishes and perhaps one more."""
    if rng.random() < 0.4:
        return ""
    chosen = {where[s] for s in sites}
    if rng.random() < 0.3:
        chosen.add(rng.choice(["440304", "440306", "440309"]))
    return ";".join(sorted(chosen))


# rents of the sites, rounded up
RENT = {"S001": 123, "S002": 115, "S003": 55, "S005": 60, "S006": 60, "S007": 60, "S008": 60, "S009": 73, "S011": 26, "S012": 38,
        "S013": 34, "S014": 73, "S016": 73, "S017": 34, "S018": 20, "S019": 51, "S020": 60, "S021": 51}


def rent_cap(rng, sites):
    """Above the rent of the first wish; one firm in sixteen hopes for less."""
    if rng.random() < 1 / 16:
        return round(RENT[sites[0]] * 0.85)
    return RENT[sites[0]] + rng.choice([0, 2, 5, 8, 12, 18, 25])


def application(rng, one, kind, where, stations):
    heads, seat = one["headcount"], one["district_code"]
    top = min(entitlement(heads), round(heads * rng.uniform(20, 28) / 10) * 10)
    if 200 <= heads < 500:
        top = rng.choice([3200, 3500, 4000])
    if kind == "laboratory":
        top = min(top, rng.choice([240, 260, 450, 700, 1000, 1200]))
    least = round(top * rng.uniform(0.55 if heads >= 100 else 0.62, 0.78) / 10) * 10
    if kind == "office":
        least = round(top * rng.uniform(0.3, 0.5) / 10) * 10
    if 500 <= heads:
        least = round(top * rng.uniform(0.55, 0.65) / 10) * 10
    sites = wishes(rng, kind, seat, heads, top)
    late = rng.random() < 0.12
    anchored = kind in ("rd_office", "office") and rng.random() < 0.45 and where[sites[0]] in ANCHORS
    anchors = rng.sample(ANCHORS[where[sites[0]]], 1) if anchored else []
    return dict(
        application_id=one["firm_id"].replace("F", "AP"), firm_id=one["firm_id"], round_id=ROUND, use=kind,
        area_min_m2=f"{least}.00", area_max_m2=f"{max(top, least + 20)}.00", start_from=rng.choice(["2026-03-01", "2026-03-01", "2026-04-01"]),
        start_until="2026-12-31" if late else rng.choice(["2026-05-01", "2026-06-01", "2026-06-30"]),
        rent_cap_yuan_m2_month=f"{rent_cap(rng, sites)}.00", **technical(rng, kind, top), site_wishes=";".join(sites),
        districts=districts(rng, sites, where), anchors=";".join(stations[a] for a in anchors),
        max_minutes=rng.choice([45, 60, 75]) if anchors else "", households=households(rng, heads),
        wants_subsidy="true" if rng.random() < 0.8 else "false", evidence="synthetic", source=SOURCE, note="synthetic application")


# firms that are meant to fail, so that every kind of reason is seen
SPECIAL = [
    (45, "7320", dict(industry_code="6513"), {}, "not eligible: industry 6513 (software) is not of section M"),
    (5, "7310", {}, dict(area_min_m2="60.00", area_max_m2="100.00"), "not eligible: 5 heads"),
    (40, "7484", {}, dict(area_min_m2="3000.00", area_max_m2="3600.00"), "not eligible for this area: 40 heads give at most 800 m2"),
    (70, "7452", {}, dict(clear_height_min_m="8.0"), "nothing fits: clear height of 8 m"),
    (34, "7340", {}, dict(hazard_class="a", needs_gas="true"), "nothing fits: hazard class a"),
    (30, "7491", {}, dict(rent_cap_yuan_m2_month="20.00", districts="440305", site_wishes="S006"), "nothing fits: rent cap of 20 yuan in 南山"),
    (60, "7481", dict(district_code="440303"), dict(districts="440303", site_wishes="S014", anchors="", max_minutes=""),
     "nothing fits: only 罗湖 wished, where space is expected in 2029"),
    (85, "7453", {}, dict(floor_load_min_kg_m2="2500"), "nothing fits: floor load of 2500 kg/m2"),
]


def special(rng, rows, kinds):
    """Turn some ordinary firms into the cases above."""
    spare = [r for r in rows if 25 <= r["headcount"] < 100]
    rng.shuffle(spare)
    out = []
    for heads, code, firm_change, wish_change, note in SPECIAL:
        one = next(r for r in spare if r["industry_code"] == code or kinds[r["industry_code"]] == kinds[code])
        spare.remove(one)
        one.update(headcount=heads, revenue_yuan=heads * 450_000, **firm_change)
        out.append((one["firm_id"], wish_change, "synthetic application, made to show: " + note))
    return out


# district: (yuan in 2026, mode)
QUOTAS = {
    "440305": (5_500_000, "hard"), "440304": (3_000_000, "hard"), "440306": (2_000_000, "hard"), "440307": (1_800_000, "hard"),
    "440309": (2_000_000, "hard"), "440310": (700_000, "prorata"), "440311": (1_200_000, "hard"), "440303": (600_000, "hard"),
    "440308": (400_000, "hard"), "4403X1": (700_000, "hard"), "4403X2": (500_000, "hard"), "4403X3": (500_000, "hard"),
    "4403X4": (300_000, "hard"),
}
QUOTA_NOTE = {"440305": "set so that it runs out", "440310": "set so that the uniform cut is seen"}


def quotas():
    return [dict(district_code=code, year=2026, item="rent_subsidy", amount_yuan=amount, mode=mode, evidence="assumption",
                 source=SOURCE, note="assumption: no district budget is published; " + QUOTA_NOTE.get(code, "set comfortably"))
            for code, (amount, mode) in QUOTAS.items()]


def main():
    rng = random.Random(SEED)
    where = {s["site_id"]: s["district_code"] for s in read("sites")}
    stations = {s["name_zh"]: s["station_id"] for s in read("metro_stations")}
    kinds = {t[0]: t[3] for t in TRADES}
    by_code = {t[0]: t for t in TRADES}
    trades = deck(rng, {t[0]: t[5] for t in TRADES}, FIRMS)
    seats = deck(rng, SEATS, FIRMS)
    names, firms = set(), []
    for index, heads in enumerate(sizes(rng), 1):
        code = trades[index - 1]
        if heads >= 200 and kinds[code] != "rd_office":
            code = "7484" if index % 2 else "7320"
        if heads < (25 if kinds[code] == "laboratory" else 15) and kinds[code] in ("laboratory", "factory"):
            code = "7530" if index % 2 else "7520"
        firms.append(firm(rng, index, heads, by_code[code], seats[index - 1], names))
    own = {f["firm_id"]: kinds[f["industry_code"]] for f in firms}
    changes = {f: (wish, note) for f, wish, note in special(rng, firms, kinds)}
    rows = []
    for one in firms:
        row = application(rng, one, own[one["firm_id"]], where, stations)
        wish, note = changes.get(one["firm_id"], ({}, row["note"]))
        rows.append({**row, **wish, "note": note})
    write("firms", FIRM_COLUMNS, firms)
    write("applications", WISH_COLUMNS, rows)
    write("quotas", list(quotas()[0]), quotas())


if __name__ == "__main__":
    main()
