//! The city of the story: two districts, 37 whole units and two divisible floors, two estates, 150 firms.

use zhuchao::domain::housing::Layout;
use zhuchao::domain::ids::FirmId;

use crate::acts::cases::RULES;
use crate::acts::procedure::governed;
use crate::support::world::{World, key};

/// How many firms apply.
pub const FIRMS: usize = 150;

/// A district of the story.
pub const NANSHAN: &str = "440305";
/// The other district of the story.
pub const PINGSHAN: &str = "440310";

/// The n-th firm, from 1 on.
pub fn firm(n: usize) -> FirmId {
    key(&format!("F{n:03}"))
}

/// Where the n-th firm is registered: two in three in Nanshan.
pub fn home(n: usize) -> &'static str {
    if n.is_multiple_of(3) {
        PINGSHAN
    } else {
        NANSHAN
    }
}

/// Its heads, from 10 to 59.
pub fn heads(n: usize) -> u32 {
    10 + u32::try_from(n * 7 % 50).unwrap_or(0)
}

/// The city before anyone applies.
pub fn city() -> World {
    let world = governed(World::city())
        .policy("[transit]", &format!("{RULES}[transit]"))
        .site("S1", NANSHAN, 0)
        .site("S2", NANSHAN, 2_000)
        .site("S3", PINGSHAN, 5_000);
    firms(estates(space(world)))
}

fn space(mut world: World) -> World {
    for n in 0..37 {
        let site = ["S1", "S2", "S3"][n % 3];
        let m2 = 150 + i64::try_from(n * 37 % 200).unwrap_or(0);
        let unit = format!("U{n:02}");
        world = world.unit(&unit, &format!("{site}/A/{}", n / 3 + 1), m2);
    }
    world
        .divisible("D1", "S1/B/1", 1_200, 100)
        .divisible("D2", "S3/B/1", 900, 100)
}

fn estates(world: World) -> World {
    world
        .apartments("P1", 300, Some("S1"), (Layout::Studio, 30))
        .apartments("P2", 5_200, None, (Layout::OneBed, 12))
}

fn firms(mut world: World) -> World {
    for n in 1..=FIRMS {
        world = world.firm_with(firm(n).as_str(), heads(n), |f| {
            f.district = key(home(n));
            if n.is_multiple_of(5) {
                f.fields = vec![key("K1")];
            }
        });
    }
    world
}
