//! Rents by district: the spread of the real figures in `data/market_rents.csv` (R06 to R18: parks
//! 92.9, R&D parks 72.6, factories 47.7; Shekou 114 to 132, policy rent of Nanshan 60, Guangming 55 to
//! 58, references of Pingshan 37 and Longgang 23 yuan per m2 and month), the rest between them.
//!
//! Not here: rent rules (`policy`).

use crate::domain::fault::Fault;
use crate::domain::money::Rate;
use crate::domain::place::DistrictCode;
use crate::domain::space::Use;

use super::random::Random;

/// Yuan per m2 and month of R&D offices by district, lowest and highest.
const RD_OFFICE: [(&str, u32, u32); 10] = [
    ("440303", 55, 95),
    ("440304", 60, 120),
    ("440305", 60, 132),
    ("440306", 50, 95),
    ("440307", 34, 70),
    ("440308", 45, 75),
    ("440309", 47, 80),
    ("440310", 26, 45),
    ("440311", 38, 58),
    ("4403X1", 22, 40),
];

/// The level of a park in fen per m2 and month: its R&D offices. The lower half is twice as frequent.
pub fn of_park(random: &mut Random, district: &DistrictCode) -> u32 {
    let found = RD_OFFICE
        .iter()
        .find(|(code, _, _)| *code == district.as_str());
    let (low, high) = found.map_or((30, 70), |(_, low, high)| (*low, *high));
    let middle = low.midpoint(high);
    let yuan = if random.chance(67) {
        random.between(low, middle)
    } else {
        random.between(middle, high)
    };
    yuan * 100
}

/// The rent of a unit: level of the park x factor of the use, up to 6 % more on high floors.
pub fn of_unit(park: u32, use_: Use, level: i32) -> Result<Rate, Fault> {
    let percent = match use_ {
        Use::RdOffice => 100,
        Use::Office => 112,
        Use::Laboratory => 90,
        Use::Factory => 62,
    };
    let height = i64::from(level.clamp(0, 24)) / 4;
    // To whole jiao, as notices print them.
    Rate::new(i64::from(park) * percent * (100 + height) / 10_000 / 10 * 10)
}
