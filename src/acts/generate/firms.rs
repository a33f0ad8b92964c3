//! Firms (企业): heavy-tailed headcount, trades of section M, fields, credentials.
//!
//! Headcount: quantiles at 0, 1/64 .. 1 of a log-normal law with median 55 and sigma 1.2, cut to 8 to
//! 1,200 (mean about 103; three firms in ten have 100 heads or more and together want more area than
//! there is), drawn by straight lines between them, so in integers only.
//!
//! Not here: what the firms ask for (`wishes`).

use chrono::NaiveDate;

use crate::domain::area::Share;
use crate::domain::fault::Fault;
use crate::domain::firm::{Credential, Firm};
use crate::domain::ids::ClusterId;
use crate::domain::money::Fen;

use super::random::Random;
use super::trades::{self, Trade};
use super::{World, key, names, synthetic};

const HEADS: [u32; 65] = [
    8, 8, 8, 8, 9, 10, 11, 13, 14, 15, 16, 18, 19, 20, 22, 23, 24, 26, 27, 29, 31, 32, 34, 36, 38,
    39, 41, 43, 46, 48, 50, 52, 55, 58, 60, 63, 66, 70, 73, 77, 81, 85, 89, 94, 99, 104, 110, 117,
    124, 131, 140, 149, 159, 171, 185, 200, 219, 241, 267, 301, 347, 411, 514, 729, 1_200,
];

/// So many firms, by key; fewer are the first of more.
pub fn build(world: &World, firms: u32) -> Result<Vec<Firm>, Fault> {
    let mut random = Random::stream(world.spec.seed, "firms");
    let seats: Vec<u64> = world.places.wards.iter().map(|w| w.seats).collect();
    let cards = trades::ALL.map(|t| t.share).iter().sum();
    let first = random.below(cards);
    (1..=firms)
        .map(|number| {
            // A stride without a common divisor deals each trade its share in every 120 firms.
            let trade = trades::dealt((first + u64::from(number) * 49) % cards);
            let seat = random.weighted(&seats);
            firm(world, &mut random, (number, trade, seat))
        })
        .collect()
}

fn firm(
    world: &World,
    random: &mut Random,
    (number, trade, seat): (u32, Trade, usize),
) -> Result<Firm, Fault> {
    let headcount = headcount(random);
    let revenue = Fen(i64::from(headcount) * i64::from(random.between(260, 880)) * 100_000);
    let share = random.between(200, 2_000) + random.between(0, 1_800);
    let (zh, en) = random.pick(names::CORES);
    Ok(Firm {
        id: key(format!("YF{number:06}"))?,
        credit_code: names::credit_code(number)?,
        name_zh: format!("（模拟）{zh}{}有限公司{number:06}", trade.zh),
        name_en: format!("(synthetic) {en} {} Co., Ltd. {number:06}", trade.en),
        industry: trade.code.parse()?,
        district: world.places.wards[seat].code.clone(),
        headcount,
        revenue: Some(revenue),
        rd_share: Some(Share::new(i64::from(share))?),
        founded: founded(random),
        credentials: credentials(random, headcount, revenue, share),
        fields: fields(world, random, trade)?,
        provenance: synthetic(),
    })
}

fn headcount(random: &mut Random) -> u32 {
    let step = random.index(HEADS.len() - 1);
    let (low, high) = (HEADS[step], HEADS[step + 1]);
    // The last piece is long: drawing twice bends it towards its lower end, as the law does.
    let drawn = random.between(low, high);
    if step + 2 == HEADS.len() {
        random.between(low, drawn)
    } else {
        drawn
    }
}

fn founded(random: &mut Random) -> Option<NaiveDate> {
    let year = i32::try_from(random.between(2_004, 2_024)).unwrap_or(2_004);
    NaiveDate::from_ymd_opt(year, random.between(1, 12), random.between(1, 28))
}

/// Sorted as declared, none twice. `share` is R&D in basis points of revenue.
fn credentials(random: &mut Random, heads: u32, revenue: Fen, share: u32) -> Vec<Credential> {
    let draws = [
        (Credential::AboveScale, revenue >= Fen(2_000_000_000), 100),
        (Credential::HighTech, share >= 600, 65),
        (Credential::Specialised, share >= 500, 15),
        (Credential::TechSme, heads < 100, 45),
        (Credential::NationalLab, share >= 800, 3),
        (Credential::Academician, share >= 500, 4),
        (Credential::Carrier, share >= 500, 8),
    ];
    draws
        .into_iter()
        .filter(|(_, possible, percent)| random.chance(*percent) && *possible)
        .map(|(credential, _, _)| credential)
        .collect()
}

/// Fields of the trade that the map knows, each with a chance of three in four.
fn fields(world: &World, random: &mut Random, trade: Trade) -> Result<Vec<ClusterId>, Fault> {
    let clusters = &world.ground.clusters;
    let mut fields = Vec::new();
    for field in trade.fields {
        let known = clusters.iter().any(|c| c.id.as_str() == *field);
        if random.chance(75) && known {
            fields.push(field.parse()?);
        }
    }
    Ok(fields)
}
