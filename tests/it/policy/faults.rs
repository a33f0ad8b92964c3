//! Each law of the document refuses its breach with its code, and several breaches come at once.

use super::world::{DOCUMENT, changed, codes};

fn refused(from: &str, to: &str, code: &str) {
    let found = codes(&changed(from, to));
    assert!(
        found.contains(&code),
        "{from:?} -> {to:?}: {found:?}, not {code}"
    );
}

#[test]
fn unknown_missing_and_mistyped_keys_are_refused() {
    refused(
        "min_headcount = 8",
        "min_headcount = 8\ncolour = 1",
        "PO102",
    );
    refused("min_headcount = 8", "", "PO102");
    refused("min_headcount = 8", "min_headcount = \"8\"", "PO102");
    refused("min_headcount = 8", "min_headcount = -8", "PO102");
    refused("[area]", "[aera]", "PO102");
    refused("[meta]", "[colour]\nx = 1\n[meta]", "PO102");
    refused("status = \"unknown\"", "status = \"perhaps\"", "PO102");
}

#[test]
fn money_and_area_are_never_bare_decimals() {
    refused("\"47.70\"", "47.70", "PO102");
    refused("\"47.70\"", "\"47.705\"", "DM111");
    refused("\"47.70\"", "\"-1\"", "DM111");
    refused("area_max_m2 = 400", "area_max_m2 = \"400.001\"", "DM120");
    refused("share_bp = 3000", "share_bp = 10001", "DM121");
    refused("district = \"440305\"", "district = \"440105\"", "DM161");
}

#[test]
fn values_out_of_range_are_refused() {
    refused("[\"73\", \"74\", \"75\"]", "[]", "PO103");
    refused("[\"73\", \"74\", \"75\"]", "[\"M\"]", "PO103");
    refused(
        "registered_district_prefix = \"4403\"",
        "registered_district_prefix = \"\"",
        "PO103",
    );
    refused("months = 36", "months = 0", "PO103");
    refused("year_cap_yuan = 300000", "year_cap_yuan = 0", "PO103");
    refused("area_cap_m2 = 2000", "area_cap_m2 = 0", "PO103");
    refused("guide_factor_bp = 10000", "guide_factor_bp = 0", "PO103");
    refused("id = \"NS-1\"", "id = \"\"", "PO103");
}

#[test]
fn ids_are_used_once_and_validity_has_an_order() {
    refused("id = \"FT-1\"", "id = \"NS-1\"", "PO104");
    refused(
        "effective_until = \"2026-12-31\"",
        "effective_until = \"2025-12-31\"",
        "PO105",
    );
}

#[test]
fn area_steps_leave_no_gap_do_not_overlap_and_never_fall() {
    refused("headcount_below = 25", "headcount_below = 24", "PO110");
    refused("headcount_below = 25", "headcount_below = 26", "PO110");
    refused("headcount_below = 25", "headcount_below = 15", "PO110");
    refused("headcount_below = 25", "", "PO110");
    refused("area_max_m2 = 800", "area_max_m2 = 399", "PO110");
    refused("area_max_m2 = 800", "area_max_m2 = 0", "PO110");
    refused("units_max = 2", "units_max = 0", "PO110");
    refused("headcount_from = 8", "headcount_from = 9", "PO110");
    refused(
        "headcount_from = 500",
        "headcount_from = 500\nheadcount_below = 900",
        "PO110",
    );
    let none = DOCUMENT.replace("[[area_step]]", "[[area_stop]]");
    assert!(codes(&none).contains(&"PO110"));
}

#[test]
fn bands_ascend_from_nothing_without_gaps() {
    refused("from_m2 = 0,", "from_m2 = 1,", "PO111");
    refused("from_m2 = 1000,", "from_m2 = 1001,", "PO111");
    refused("from_m2 = 1000,", "from_m2 = 999,", "PO111");
    refused("to_m2 = 5000", "to_m2 = 1000", "PO111");
    refused("to_m2 = 1000, ", "", "PO111");
    let open = changed("to_m2 = 5000, ", "");
    assert!(codes(&open).is_empty(), "the last band may be open");
}

#[test]
fn a_rule_has_the_keys_of_its_kind() {
    refused(
        "kind = \"yuan_per_m2\"",
        "kind = \"share_of_rent\"",
        "PO112",
    );
    refused(
        "kind = \"bands\"",
        "kind = \"bands\"\nshare_bp = 1",
        "PO112",
    );
    refused("guide_factor_bp = 10000", "", "PO112");
    refused("guide_rent_yuan_m2_month = \"47.70\"", "", "PO112");
}

#[test]
fn households_weights_labels_and_speeds_are_complete() {
    refused("kind = \"couple\"", "kind = \"single\"", "PO120");
    refused(
        "layouts = [\"studio\", \"one_bed\"]",
        "layouts = []",
        "PO120",
    );
    refused(
        "layouts = [\"studio\", \"one_bed\"]",
        "layouts = [\"studio\", \"studio\"]",
        "PO120",
    );
    refused("placed_base = 40000", "placed_base = 0", "PO130");
    refused("cluster_fit = 12000", "cluster_fit = -1", "PO130");
    refused("cluster_fit = 12000", "cluster_fit = 1000000001", "PO130");
    refused("part_step = 500", "part_step = 0", "PO130");
    refused("part_step = 500", "part_step = 40001", "PO130");
    refused("nearness = {", "closeness = {", "PO131");
    refused("zh = \"通勤便利\"", "zh = \"\"", "PO131");
    refused("walk_m_per_min = 75", "walk_m_per_min = 0", "PO140");
    refused("detour_bp = 13000", "detour_bp = 9999", "PO140");
    refused(
        "ride_min_per_km_x100 = ",
        "ride_min_per_km_x100 = 0 # ",
        "PO140",
    );
}

#[test]
fn all_faults_come_at_once_each_with_its_place() {
    let text = changed("headcount_below = 25", "headcount_below = 24");
    let text = text.replacen("months = 36", "months = 0", 1);
    let text = text.replacen("placed_base = 40000", "placed_base = -1", 1);
    let text = text.replacen("district = \"440304\"", "district = \"Futian\"", 1);
    assert_eq!(codes(&text), ["DM161", "PO103", "PO110", "PO130", "PO130"]);
    let faults = zhuchao::policy::read(&text)
        .err()
        .map(|f| f.0)
        .unwrap_or_default();
    assert!(faults.iter().all(|f| f.place.subject.is_some()));
}
