//! The year as a whole.

use super::{applying, city, letting, planning};
use crate::acts::procedure::well;
use crate::support::town::towns;

#[test]
fn a_year_of_the_city_goes_from_the_quotas_to_the_claw_back() {
    for town in towns(&city::city()) {
        applying::apply(&town);
        planning::decide(&town);
        let contracts = letting::let_out(&town);
        assert!(contracts.len() >= 30, "{}: {}", town.name, contracts.len());
        well(&town);
    }
}
