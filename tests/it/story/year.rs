//! The year as a whole.

use zhuchao::acts::record::replay;

use super::{applying, city, letting, planning, spending, supervising};
use crate::acts::procedure::{r1, well};
use crate::support::town::towns;

#[test]
fn a_year_of_the_city_goes_from_the_quotas_to_the_claw_back() {
    for town in towns(&city::city()) {
        spending::set_quotas(&town);
        applying::apply(&town);
        planning::decide(&town);
        let contracts = letting::let_out(&town);
        assert!(contracts.len() >= 30, "{}: {}", town.name, contracts.len());
        let paid = spending::pay(&town, &contracts);
        supervising::supervise(&town, &paid);
        well(&town);
        let decisions = replay::decisions(&town.planner(), &r1()).expect("decisions");
        assert!(decisions.len() > 200, "{}: {}", town.name, decisions.len());
        let differing = replay::differences(&town.planner(), &r1()).expect("replayed");
        assert!(differing.is_empty(), "{}: {differing:?}", town.name);
    }
}
