//! What there is to let, as everybody may ask for it: filters, order, pages, days, the map; and that no
//! tenant is named.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use zhuchao::domain::area::Area;
use zhuchao::domain::housing::Layout;
use zhuchao::domain::period::Period;
use zhuchao::domain::procedure::Step;
use zhuchao::domain::space::Use;
use zhuchao::store::allocations::{self, ApartmentAllocation, Basis, HoldState, UnitAllocation};
use zhuchao::store::journal::{self, Entry};
use zhuchao::store::versions;

use crate::acts::procedure::go;
use crate::support::client::{Answer, Ask};
use crate::support::town::{Town, towns};
use crate::support::world::{World, day, key, rate};

/// Two sites of two districts; a divisible floor, a laboratory with a strong floor, apartments.
fn stock() -> World {
    World::city()
        .site("S1", "440305", 0)
        .unit("U1", "S1/A/1", 300)
        .unit("U2", "S1/A/2", 500)
        .divisible("U3", "S1/B/1", 1000, 200)
        .site("S2", "440310", 9000)
        .unit_with("U4", "S2/C/1", 400, |u| {
            u.use_ = Use::Laboratory;
            u.technical.floor_load_kg_m2 = Some(800);
            u.technical.clear_height_mm = Some(4500);
            u.technical.power_a = Some(250);
        })
        .unit_with("U5", "S2/C/2", 450, |u| {
            u.rent.as_mut().expect("a rent").rate = rate(4000);
        })
        .unit_with("U6", "S2/C/3", 450, |u| {
            u.rent = None;
            u.available = vec![Period::new(day(2027, 1, 1), None).expect("a period")];
        })
        .apartments("H1", 100, Some("S1"), (Layout::Studio, 10))
        .firm("F1", 20)
        .wants("F1", 100, 300)
}

async fn get(town: &Town, path: &str) -> Answer {
    Ask::get(path).of(town).await
}

async fn keys(town: &Town, query: &str) -> Vec<String> {
    let list = get(town, &format!("/api/v1/units?{query}")).await;
    assert_eq!(list.status, 200, "{query}: {}", list.text);
    let items = list.json["items"].as_array().expect("items").clone();
    let key = |item: &Value| item["id"].as_str().expect("a key").to_owned();
    items.iter().map(key).collect()
}

fn hold(id: &str, unit: &str, area: i64, state: HoldState) -> UnitAllocation {
    UnitAllocation {
        id: id.to_owned(),
        unit: key(unit),
        application: key("AP-F1"),
        basis: Basis {
            plan: None,
            contract: Some("C-1".to_owned()),
        },
        whole: unit != "U3",
        area: Area::metres(area),
        period: Period::new(day(2026, 1, 1), Some(day(2026, 7, 1))).expect("a period"),
        state,
    }
}

/// U1 is let, U2 reserved, 900 of the 1,000 m2 of U3 let, four of ten apartments held, until July.
fn occupy(town: &Town) {
    let homes = ApartmentAllocation {
        id: "h".to_owned(),
        apartment: key("H1-T"),
        application: key("AP-F1"),
        basis: hold("x", "U1", 1, HoldState::Let).basis,
        count: 4,
        period: hold("x", "U1", 1, HoldState::Let).period,
        state: HoldState::Reserved,
    };
    let entry = Entry {
        at: town.desk.now(),
        actor: "operator".to_owned(),
        act: "let".to_owned(),
        subject: "units".to_owned(),
        before: None,
        after: None,
    };
    let done = town.desk.store().write(|tx| {
        let units = [
            hold("a", "U1", 300, HoldState::Let),
            hold("b", "U2", 500, HoldState::Reserved),
            hold("c", "U3", 900, HoldState::Let),
        ];
        allocations::add_units(tx, &units)?;
        allocations::add_apartments(tx, &[homes])?;
        journal::append(tx, &entry).map(drop)
    });
    done.unwrap_or_else(|e| panic!("{e} {}", e.detail()));
}

#[actix_web::test]
async fn units_are_found_by_what_somebody_needs() {
    for town in towns(&stock()) {
        for (query, wanted) in [
            ("", "U1 U2 U3 U4 U5 U6"),
            ("district=440310", "U4 U5 U6"),
            ("site=S1", "U1 U2 U3"),
            ("building=S1/A", "U1 U2"),
            ("use=laboratory", "U4"),
            // A part of U3 may be let: between 200 and 1,000 m2.
            ("area_from=45000", "U2 U3 U5 U6"),
            ("area_to=30000", "U1 U3"),
            ("area_from=60000&area_to=70000", "U3"),
            ("rent_to=5000", "U5"),
            ("floor_load_from=800", "U4"),
            ("floor_load_from=801", ""),
            ("clear_height_from=4000&power_from=250", "U4"),
            ("district=440310&use=rd_office&rent_to=6000", "U5"),
            ("sort=area", "U1 U4 U5 U6 U2 U3"),
            ("sort=-area", "U3 U2 U5 U6 U4 U1"),
            ("sort=rent", "U5 U1 U2 U3 U4 U6"),
            ("sort=-rent", "U1 U2 U3 U4 U5 U6"),
        ] {
            let found = keys(&town, query).await.join(" ");
            assert_eq!(found, wanted, "{}: {query}", town.name);
        }
    }
}

#[actix_web::test]
async fn what_is_let_or_reserved_is_not_vacant_on_its_days() {
    for town in towns(&stock()) {
        let before = town.desk.store().read(versions::now).expect("versions");
        assert_eq!(keys(&town, "vacant_on=2026-06-30").await.len(), 5);
        occupy(&town);
        let after = town.desk.store().read(versions::now).expect("versions");
        assert_eq!(after.inventory, before.inventory, "{}", town.name);
        assert!(after.holds > before.holds, "{}", town.name);
        // 100 m2 of U3 are left, less than its smallest lot.
        assert_eq!(keys(&town, "vacant_on=2026-06-30").await, ["U4", "U5"]);
        assert_eq!(keys(&town, "vacant_on=2026-07-01").await.len(), 5);
        assert_eq!(keys(&town, "vacant_on=2027-01-01").await.len(), 6);
        let standing = async |unit: &str| {
            let path = format!("/api/v1/units/{unit}");
            let one = get(&town, &path).await.json;
            format!("{} {}", one["standing"], one["vacant_area"]).replace('"', "")
        };
        assert_eq!(standing("U1").await, "let 0");
        assert_eq!(standing("U2").await, "reserved 0");
        assert_eq!(standing("U3").await, "let 0");
        assert_eq!(standing("U4").await, "vacant 40000");
        assert_eq!(standing("U6").await, "closed 0");
        let later = get(&town, "/api/v1/units/U1?on=2026-07-01").await.json;
        assert_eq!(later["standing"], "vacant");
        let homes = get(&town, "/api/v1/apartments").await.json;
        assert_eq!(homes["items"][0]["vacant"], 6);
        let none = get(
            &town,
            "/api/v1/apartments?layout=studio&vacant_on=2025-12-31",
        )
        .await;
        assert_eq!(none.json["items"], json!([]));
        let built = get(&town, "/api/v1/buildings?site=S1&on=2026-06-30")
            .await
            .json;
        assert_eq!(
            (&built["items"][0]["id"], &built["items"][0]["vacant_area"]),
            (&json!("S1/A"), &json!(0))
        );
        let built = get(&town, "/api/v1/buildings?district=440310").await.json;
        let sums = &built["items"][0];
        assert_eq!(
            (&sums["units"], &sums["vacant_units"], &sums["vacant_area"]),
            (&json!(3), &json!(2), &json!(85_000))
        );
    }
}

#[actix_web::test]
async fn no_tenant_is_named_to_anybody() {
    for town in towns(&crate::acts::procedure::world()) {
        go(&town, Step::Confirmed);
        let held = town.desk.store().read(allocations::units).expect("holds");
        assert!(!held.is_empty(), "somebody holds something");
        for path in [
            "/api/v1/units",
            "/api/v1/units/A1",
            "/api/v1/units?format=csv",
            "/api/v1/buildings",
            "/api/v1/apartments",
            "/api/v1/map/units?bbox=113,22,115,23&zoom=14",
        ] {
            for who in ["", "firm_approver.F1", "bureau_planner"] {
                let ask = Ask::get(path);
                let ask = if who.is_empty() { ask } else { ask.as_(who) };
                let answer = ask.of(&town).await;
                assert_eq!(answer.status, 200, "{path}: {}", answer.text);
                for secret in ["F1", "F2", "F3", "contract", "application", "plan"] {
                    assert!(!answer.text.contains(secret), "{path} as {who:?}: {secret}");
                }
            }
        }
    }
}

#[actix_web::test]
async fn pages_in_any_order_are_the_whole_list_once() {
    let town = towns(&stock()).remove(0);
    for sort in ["id", "area", "-area", "rent", "-rent"] {
        let whole = keys(&town, &format!("sort={sort}")).await;
        for limit in 1..=6 {
            let mut seen: Vec<String> = Vec::new();
            let mut after = String::new();
            loop {
                let path = format!("/api/v1/units?sort={sort}&limit={limit}{after}");
                let page = get(&town, &path).await.json;
                let items = page["items"].as_array().expect("items").clone();
                seen.extend(
                    items
                        .iter()
                        .map(|i| i["id"].as_str().expect("a key").to_owned()),
                );
                match page["next"].as_str() {
                    Some(next) => after = format!("&after={next}"),
                    None => break,
                }
            }
            assert_eq!(seen, whole, "{sort} by {limit}");
        }
    }
}

#[actix_web::test]
async fn the_tag_changes_with_what_is_shown_and_only_then() {
    for town in towns(&stock()) {
        let first = get(&town, "/api/v1/units").await;
        let tag = first.header("etag").to_owned();
        let held = Ask::get("/api/v1/units").header("if-none-match", &tag);
        assert_eq!(held.clone().of(&town).await.status, 304, "{}", town.name);
        occupy(&town);
        assert_eq!(held.clone().of(&town).await.status, 200, "{}", town.name);
        let tag = get(&town, "/api/v1/units").await.header("etag").to_owned();
        town.at("2026-01-06T09:00:00+08:00");
        let next = Ask::get("/api/v1/units").header("if-none-match", &tag);
        assert_eq!(next.of(&town).await.status, 200, "another day");
    }
}

#[actix_web::test]
async fn what_cannot_be_meant_is_refused() {
    let town = towns(&stock()).remove(0);
    for (path, status) in [
        ("/api/v1/units?colour=red", 400),
        ("/api/v1/units?use=palace", 400),
        ("/api/v1/units?vacant_on=tomorrow", 400),
        ("/api/v1/units?limit=many", 400),
        ("/api/v1/units?sort=beauty", 422),
        ("/api/v1/units?sort=area&after=U99", 422),
        ("/api/v1/units?district=nowhere", 422),
        ("/api/v1/units?rent_to=-1", 422),
        ("/api/v1/units?bbox=1,2,3", 422),
        ("/api/v1/units/U99", 404),
        ("/api/v1/map/units?bbox=113,22,115,23", 400),
        ("/api/v1/map/units?zoom=3", 400),
        ("/api/v1/map/units?zoom=3&bbox=113,22,115,23&sort=area", 400),
        ("/api/v1/map/units?zoom=23&bbox=113,22,115,23", 422),
        ("/api/v1/map/units?zoom=3&bbox=115,22,113,23", 422),
        ("/api/v1/map/units?zoom=3&bbox=113,22,115,nan", 422),
        ("/api/v1/map/units?zoom=3&bbox=113,22,115,99", 422),
    ] {
        let answer = get(&town, path).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.text);
    }
}

/// Units, vacant area and marks of a view.
fn sums(map: &Value) -> (i64, i64, usize) {
    let marks = map["features"].as_array().expect("features");
    let sum = |key: &str| -> i64 {
        let each = marks.iter().map(|m| m["properties"][key].as_i64());
        each.map(|n| n.expect("a sum")).sum()
    };
    (sum("units"), sum("vacant_area"), marks.len())
}

const ALL: &str = "bbox=113,22,115.5,23";

#[actix_web::test]
async fn the_map_gathers_what_is_near_and_loses_nothing() {
    for town in towns(&stock()) {
        occupy(&town);
        let path = |zoom: u8, more: &str| format!("/api/v1/map/units?{ALL}&zoom={zoom}{more}");
        for zoom in 0..=22 {
            let map = get(&town, &path(zoom, "")).await.json;
            let (units, vacant, marks) = sums(&map);
            assert_eq!((units, vacant), (6, 85_000), "{zoom}");
            assert!((1..=2).contains(&marks), "{zoom}: {marks}");
        }
        let far = get(&town, &path(3, "")).await.json;
        assert_eq!(far["features"][0]["properties"]["sites"], 2);
        let near = get(&town, &path(14, "")).await.json;
        let names: BTreeSet<&str> = (near["features"].as_array().into_iter().flatten())
            .filter_map(|f| f["properties"]["site"].as_str())
            .collect();
        assert_eq!(names, BTreeSet::from(["S1", "S2"]));
        let labs = get(&town, &path(14, "&use=laboratory")).await.json;
        assert_eq!(sums(&labs), (1, 40_000, 1));
        let vacant = get(&town, &path(14, "&vacant_on=2026-06-30")).await.json;
        assert_eq!(sums(&vacant), (2, 85_000, 1));
        let elsewhere = "/api/v1/map/units?bbox=0,0,1,1&zoom=9";
        assert_eq!(get(&town, elsewhere).await.json["features"], json!([]));
    }
}

#[actix_web::test]
async fn a_view_of_many_sites_stays_small() {
    let mut world = World::city();
    for n in 0..1500_i32 {
        world = world.site(&format!("S{n:04}"), "440305", n * 37).unit(
            &format!("U{n:04}"),
            &format!("S{n:04}/A/1"),
            100,
        );
    }
    let town = towns(&world).remove(0);
    for zoom in [0, 9, 12, 13, 16, 22] {
        let path = format!("/api/v1/map/units?{ALL}&zoom={zoom}");
        let view = get(&town, &path).await;
        let (units, _, marks) = sums(&view.json);
        assert_eq!(units, 1500, "{zoom}");
        assert!(
            marks <= 400 && view.bytes.len() < 300_000,
            "{zoom}: {marks} marks, {} bytes",
            view.bytes.len()
        );
    }
}

#[actix_web::test]
async fn firms_are_for_officers_and_a_district_sees_its_own() {
    let world = World::city()
        .firm("F1", 20)
        .firm_with("F2", 30, |f| f.district = key("440310"));
    for town in towns(&world) {
        let seen = async |who: &str, query: &str| {
            let path = format!("/api/v1/firms{query}");
            let list = Ask::get(&path).as_(who).of(&town).await;
            let items = list.json["items"].as_array().cloned().unwrap_or_default();
            let keys: Vec<String> = items
                .iter()
                .map(|f| f["id"].to_string().replace('"', ""))
                .collect();
            (list.status, keys.join(" "))
        };
        let of = |status: u16, keys: &str| (status, keys.to_owned());
        assert_eq!(seen("bureau_planner", "").await, of(200, "F1 F2"));
        assert_eq!(
            seen("bureau_planner", "?district=440310").await,
            of(200, "F2")
        );
        assert_eq!(seen("district_reviewer.440305", "").await, of(200, "F1"));
        assert_eq!(seen("district_approver.440310", "").await, of(200, "F2"));
        let others = seen("district_reviewer.440305", "?district=440310").await;
        assert_eq!(others, of(200, ""));
        let file = "/api/v1/firms?format=csv";
        let file = Ask::get(file)
            .as_("district_reviewer.440305")
            .of(&town)
            .await;
        assert!(file.text.contains("F1") && !file.text.contains("F2"));
        assert_eq!(seen("firm_approver.F1", "").await, of(403, ""));
        assert_eq!(seen("security_admin", "").await, of(403, ""));
        assert_eq!(get(&town, "/api/v1/firms").await.status, 401);
    }
}
