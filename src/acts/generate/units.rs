//! Units (单元) of a floor, by the style of its building. Laws of letting that bite: whole floors for
//! one tenant, divisible floors with a smallest lot, laboratories let only together with an office.
//!
//! Not here: technical attributes (`technical`), rents (`rents`).

use chrono::NaiveDate;

use crate::domain::area::Area;
use crate::domain::evidence::Evidence;
use crate::domain::fault::Fault;
use crate::domain::period::Period;
use crate::domain::space::{Division, Fitout, Raised, Rent, Technical, Unit, Use};

use super::parks::{Park, Trade};
use super::random::Random;
use super::round::day;
use super::{key, rents, synthetic, technical};

/// How a floor is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One divisible unit.
    Divisible,
    /// One unit for one tenant.
    Whole,
    /// Two units for one tenant.
    WholeInTwo,
    /// Two rooms, each let by itself.
    Rooms,
    /// A laboratory and its office, let only together.
    LabAndOffice,
}

impl Layout {
    /// 一层一户.
    pub fn one_tenant(self) -> bool {
        matches!(self, Layout::Whole | Layout::WholeInTwo)
    }

    /// Shares of the floor in percent, one for each unit.
    fn shares(self) -> &'static [i64] {
        match self {
            Layout::Divisible | Layout::Whole => &[100],
            Layout::WholeInTwo => &[60, 40],
            Layout::Rooms => &[55, 45],
            Layout::LabAndOffice => &[65, 35],
        }
    }
}

/// What the floors of a building have in common.
pub struct Style {
    main: Layout,
    use_: Use,
    plate_m2: u32,
    rent: u32,
    technical: Technical,
    raised: Raised,
    fitout: Fitout,
    rent_free_months: u32,
    from: NaiveDate,
}

impl Style {
    /// A style that suits the park. Whole floors are small enough for firms to take one to three.
    pub fn of(random: &mut Random, park: &Park) -> Style {
        let use_ = match park.trade {
            Trade::Office if random.chance(12) => Use::Office,
            Trade::Office => Use::RdOffice,
            Trade::Testing => Use::Factory,
            Trade::Laboratory => Use::Laboratory,
        };
        let main = match random.below(100) {
            0..50 => Layout::Divisible,
            _ if park.trade == Trade::Laboratory => Layout::LabAndOffice,
            50..88 => Layout::Whole,
            _ => Layout::Rooms,
        };
        let plate_m2 = match main {
            Layout::Divisible => random.between(800, 1_800),
            Layout::Whole | Layout::WholeInTwo => random.between(480, 1_500),
            Layout::Rooms => random.between(500, 1_100),
            Layout::LabAndOffice => random.between(400, 1_300),
        };
        Style {
            main,
            use_,
            plate_m2,
            rent: park.rent,
            technical: technical::of_building(random, use_),
            raised: raised(random),
            fitout: fitout(random),
            rent_free_months: random.pick([0, 0, 1, 1, 2, 3]),
            from: from(random),
        }
    }

    /// The layout of one floor: that of the building, with a few whole floors in two units.
    pub fn layout(&self, random: &mut Random) -> Layout {
        match self.main {
            Layout::Whole if random.chance(15) => Layout::WholeInTwo,
            main => main,
        }
    }
}

fn raised(random: &mut Random) -> Raised {
    random.pick([
        Raised::Ancillary,
        Raised::Ancillary,
        Raised::PlotRatio,
        Raised::Renovation,
        Raised::BuyBack,
        Raised::Cooperative,
    ])
}

fn fitout(random: &mut Random) -> Fitout {
    random.pick([
        Fitout::BareShell,
        Fitout::Simple,
        Fitout::Simple,
        Fitout::Full,
    ])
}

/// Most buildings are free, some only later in the year: such floors need a firm that can wait.
fn from(random: &mut Random) -> NaiveDate {
    match random.below(100) {
        0..68 => day(2026, 1, 1),
        68..88 => day(2026, 4, 15),
        _ => day(2026, 6, 15),
    }
}

/// The units of a floor, given by its key and level.
pub fn build(
    random: &mut Random,
    style: &Style,
    layout: Layout,
    floor: (&str, i32),
) -> Result<Vec<Unit>, Fault> {
    // The plates of a building differ by up to 4 %, so that runs of floors add up to odd areas.
    let plate = i64::from(style.plate_m2) * i64::from(random.between(9_600, 10_400)) / 100;
    let mut units = Vec::new();
    for (n, share) in layout.shares().iter().enumerate() {
        let area = Area(plate * share / 100);
        units.push(unit(random, style, (layout, n, area), floor)?);
    }
    Ok(units)
}

fn unit(
    random: &mut Random,
    style: &Style,
    (layout, n, area): (Layout, usize, Area),
    (floor, level): (&str, i32),
) -> Result<Unit, Fault> {
    let office = layout == Layout::LabAndOffice && n == 1;
    let use_ = if office { Use::RdOffice } else { style.use_ };
    let group = (layout == Layout::LabAndOffice).then(|| key(format!("{floor}/G")));
    // One unit in fifty is without a rent yet, one in fifty for three years only: reasons to be seen.
    let rent = Rent {
        rate: rents::of_unit(style.rent, use_, level)?,
        evidence: Evidence::Synthetic,
    };
    Unit {
        id: key(format!("{floor}/{:02}", n + 1))?,
        floor: key(floor.to_owned())?,
        room: format!("{level}{:02}", n + 1),
        use_,
        area,
        division: division(random, layout, area),
        group: group.transpose()?,
        raised: style.raised,
        fitout: style.fitout,
        technical: if office {
            Technical::default()
        } else {
            style.technical.clone()
        },
        rent: (!random.chance(2)).then_some(rent),
        lease_months: Some(if random.chance(2) { 36 } else { 60 }),
        rent_rule: None,
        rent_free_months: style.rent_free_months,
        available: vec![Period::new(style.from, None)?],
        provenance: synthetic(),
    }
    .proved()
}

/// The smallest lot is a fourteenth to a quarter of the floor, in whole 10 m2.
fn division(random: &mut Random, layout: Layout, area: Area) -> Division {
    if layout != Layout::Divisible {
        return Division::Whole;
    }
    let parts = i64::from(random.pick([4, 5, 6, 8, 10, 14]));
    Division::Divisible {
        smallest_lot: Area((area.0 / parts / 1_000 * 1_000).max(1_000).min(area.0)),
    }
}
