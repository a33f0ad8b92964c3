//! Technical attributes of buildings and the needs of firms that must be met by them.
//!
//! Not here: which firm needs what kind of space (`trades`).

use crate::domain::space::{Hazard, Technical, Use};

use super::random::Random;

/// What a building offers. One office building in eight states nothing, as real notices do.
pub fn of_building(random: &mut Random, use_: Use) -> Technical {
    match use_ {
        Use::Office | Use::RdOffice if random.chance(12) => Technical::default(),
        Use::Office | Use::RdOffice => Technical {
            floor_load_kg_m2: Some(random.pick([250, 300, 350, 500])),
            clear_height_mm: Some(random.pick([2_700, 2_800, 3_000, 3_600])),
            power_a: Some(random.pick([100, 160, 250])),
            gas: Some(false),
            clean_water: Some(false),
            hazard: Some(Hazard::None),
        },
        Use::Laboratory => Technical {
            floor_load_kg_m2: Some(random.pick([400, 500, 650])),
            clear_height_mm: Some(random.pick([3_000, 3_600, 4_200])),
            power_a: Some(random.pick([160, 250, 400])),
            gas: Some(random.chance(60)),
            clean_water: Some(random.chance(85)),
            hazard: Some(random.pick([Hazard::C, Hazard::C, Hazard::B])),
        },
        Use::Factory => Technical {
            floor_load_kg_m2: Some(random.pick([650, 800, 1_000, 1_500])),
            clear_height_mm: Some(random.pick([3_600, 4_500, 5_400, 6_000])),
            power_a: Some(random.pick([250, 400, 630])),
            gas: Some(random.chance(30)),
            clean_water: Some(random.chance(20)),
            hazard: Some(random.pick([Hazard::C, Hazard::C, Hazard::B])),
        },
    }
}

/// What a firm needs.
pub fn of_firm(random: &mut Random, use_: Use) -> Technical {
    let none = Technical::default();
    match use_ {
        Use::Office => none,
        Use::RdOffice if random.chance(80) => none,
        Use::RdOffice => Technical {
            floor_load_kg_m2: Some(random.pick([300, 350])),
            power_a: Some(random.pick([100, 160])),
            ..none
        },
        Use::Laboratory => Technical {
            clear_height_mm: Some(random.pick([3_000, 3_000, 3_600])),
            clean_water: Some(random.chance(70)),
            hazard: Some(random.pick([Hazard::None, Hazard::C, Hazard::C, Hazard::C, Hazard::B])),
            ..none
        },
        Use::Factory => Technical {
            floor_load_kg_m2: Some(random.pick([500, 650, 800, 1_000])),
            clear_height_mm: Some(random.pick([3_600, 3_600, 4_500])),
            power_a: Some(random.pick([160, 250, 400])),
            ..none
        },
    }
}
