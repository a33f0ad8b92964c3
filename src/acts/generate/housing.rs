//! Housing: one project for twenty firms, with one to four types of apartments. Four projects in ten
//! belong to a park drawn without regard to its popularity, the others lie near the metro; so popular
//! parks are short of apartments while others are not.
//!
//! Not here: who may take what (`policy`).

use crate::domain::area::Area;
use crate::domain::evidence::Evidence;
use crate::domain::fault::Fault;
use crate::domain::housing::{ApartmentType, Layout, Project};
use crate::domain::ids::SiteId;
use crate::domain::money::Rate;
use crate::domain::period::Period;
use crate::domain::place::Position;
use crate::domain::snapshot::Inventory;
use crate::domain::space::{Site, SiteKind};

use super::parks::Park;
use super::random::Random;
use super::round::day;
use super::{World, key, names, places, rents, synthetic};

/// Half of the side of the square around a park in which its project lies (about 600 m).
const BESIDE: u32 = 6_000;
/// Layouts with their smallest and largest area in m2 and weight.
const LAYOUTS: [(Layout, u32, u32, u64); 6] = [
    (Layout::DormBed, 8, 14, 3),
    (Layout::Studio, 25, 38, 7),
    (Layout::OneBed, 38, 55, 8),
    (Layout::TwoBed, 60, 75, 6),
    (Layout::ThreeBed, 80, 95, 3),
    (Layout::FourBed, 100, 120, 1),
];

/// Adds projects, their sites and their apartment types.
pub fn build(world: &World, parks: &[Park], stock: &mut Inventory) -> Result<(), Fault> {
    let mut random = Random::stream(world.spec.seed, "housing");
    let weights: Vec<u64> = world.places.wards.iter().map(|w| w.parks).collect();
    for number in 1..=world.spec.firms.div_ceil(20) {
        let own = random.chance(40).then(|| &parks[random.index(parks.len())]);
        let ward = own.map_or_else(|| random.weighted(&weights), |park| park.ward);
        let place = &world.places.wards[ward];
        let position = match own {
            Some(park) => world.places.near(&mut random, place, park.position, BESIDE),
            None => world.places.near_hub(&mut random, place),
        };
        let name = random.pick(names::CORES);
        let site = site(world, number, ward, (position, name))?;
        let park = own.map(|p| key(p.site())).transpose()?;
        let project = project(number, &site, park, name)?;
        types(&mut random, world, (&project, ward), stock)?;
        stock.sites.push(site);
        stock.projects.push(project);
    }
    Ok(())
}

fn site(
    world: &World,
    number: u32,
    ward: usize,
    (position, (zh, en)): (Position, (&str, &str)),
) -> Result<Site, Fault> {
    Ok(Site {
        id: key(format!("YH{number:06}"))?,
        kind: SiteKind::Housing,
        name_zh: format!("（模拟）{zh}人才公寓{number}号"),
        name_en: format!("(synthetic) {en} Talent Apartments {number}"),
        district: world.places.wards[ward].code.clone(),
        address: String::new(),
        located: Some(places::located(position)),
        provenance: synthetic(),
    })
}

fn project(
    number: u32,
    site: &Site,
    park: Option<SiteId>,
    (zh, _): (&str, &str),
) -> Result<Project, Fault> {
    Ok(Project {
        id: key(format!("YP{number:06}"))?,
        name_zh: format!("（模拟）{zh}人才公寓{number}号"),
        site: site.id.clone(),
        park,
        provenance: synthetic(),
    })
}

/// One to four types, each of another layout.
fn types(
    random: &mut Random,
    world: &World,
    (project, ward): (&Project, usize),
    stock: &mut Inventory,
) -> Result<(), Fault> {
    // Housing is let at about 60 % of the level of parks, by the square metre.
    let rent = rents::of_park(random, &world.places.wards[ward].code) * 6 / 10;
    let mut layouts = LAYOUTS.to_vec();
    for n in 1..=random.pick([1, 2, 2, 3, 3, 4]) {
        let weights: Vec<u64> = layouts.iter().map(|l| l.3).collect();
        let (layout, low, high, _) = layouts.remove(random.weighted(&weights));
        stock.apartments.push(ApartmentType {
            id: key(format!("{}-T{n}", project.id))?,
            project: project.id.clone(),
            layout,
            area: Some(Area::metres(i64::from(random.between(low, high)))),
            count: random.between(6, 48),
            count_evidence: Evidence::Synthetic,
            rent: Some(Rate::new(i64::from(rent))?),
            available: Period::new(day(2026, 1, 1), None)?,
            provenance: synthetic(),
        });
    }
    Ok(())
}
