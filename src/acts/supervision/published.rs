//! A draw as everybody may see it, `zhuchao-draw/1`: enough to repeat it, and no names. Contracts stand
//! there by key, officers by number. What is in the file is proved without a database.
//!
//! Not here: the method (`lottery`).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{lottery, need};
use crate::acts::{Desk, refuse};
use crate::domain::draw::{Draw, Entry, List, Pick};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::ids::DrawId;
use crate::store;

/// Format name of the file.
pub const FORMAT: &str = "zhuchao-draw/1";

/// The file is not a published draw, or it is not drawn yet.
pub const NOT_A_DRAW: Code = Code("AC435");
/// The digest is not that of the list.
pub const LIST_DIFFERS: Code = Code("AC436");
/// The seed is not that of digest and value.
pub const SEED_DIFFERS: Code = Code("AC437");
/// List and seed draw something else.
pub const DRAWN_DIFFERS: Code = Code("AC438");

/// A published draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// [`FORMAT`].
    pub format: String,
    /// Key of the draw.
    pub id: DrawId,
    /// Code of the district; absent = the city.
    pub district: Option<String>,
    /// Title.
    pub title: String,
    /// `announced`, `frozen` or `drawn`.
    pub stage: String,
    /// How the value is obtained.
    pub method: String,
    /// First day on which it can be known.
    pub known_from: NaiveDate,
    /// When it was announced.
    pub announced_at: DateTime<Utc>,
    /// When the list was frozen.
    pub frozen_at: Option<DateTime<Utc>>,
    /// Version of the policy.
    pub policy: Option<String>,
    /// Digest of the list; public once it is frozen.
    pub list_digest: Option<String>,
    /// How many officers there are; with the list.
    pub officers: Option<u32>,
    /// How many contracts are drawn; with the list.
    pub count: Option<u32>,
    /// The list; public once it is drawn, so that nobody prepares for a visit.
    pub list: Vec<Entry>,
    /// When it was drawn.
    pub drawn_at: Option<DateTime<Utc>>,
    /// The announced value.
    pub value: Option<String>,
    /// The seed.
    pub seed: Option<String>,
    /// What was drawn, in the order of drawing.
    pub drawn: Vec<Pick>,
}

impl Published {
    /// What of a draw is public.
    pub fn of(draw: &Draw) -> Published {
        let (frozen, outcome) = (draw.frozen.as_ref(), draw.outcome.as_ref());
        let open = frozen.filter(|_| outcome.is_some());
        Published {
            format: FORMAT.to_owned(),
            id: draw.id.clone(),
            district: draw.district.as_ref().map(ToString::to_string),
            title: draw.title.clone(),
            stage: draw.stage().name().to_owned(),
            method: draw.method.clone(),
            known_from: draw.known_from,
            announced_at: draw.announced.at,
            frozen_at: frozen.map(|f| f.signed.at),
            policy: frozen.map(|f| f.policy.clone()),
            list_digest: frozen.map(|f| f.digest.clone()),
            officers: open.map(|f| f.list.officers),
            count: open.map(|f| f.list.count),
            list: open.map_or_else(Vec::new, |f| f.list.entries.clone()),
            drawn_at: outcome.map(|o| o.signed.at),
            value: outcome.map(|o| o.value.clone()),
            seed: outcome.map(|o| o.seed.clone()),
            drawn: outcome.map_or_else(Vec::new, |o| o.picks.clone()),
        }
    }
}

/// One draw, for everybody. AC013 when there is none.
pub fn one(desk: &Desk, id: &DrawId) -> Result<Published, Faults> {
    let draw = desk.store().read(|tx| need::<Draw>(tx, id.as_str()))?;
    Ok(Published::of(&draw))
}

/// The draws, for everybody, by key; without their lists.
pub fn list(desk: &Desk, bounds: impl Into<super::Bounds>) -> Result<Vec<Published>, Faults> {
    let filter = bounds.into().filter::<Draw>(Vec::new())?;
    let all: Vec<Draw> = desk.store().read(|tx| store::select(tx, &filter))?;
    let short = |draw: &Draw| Published {
        list: Vec::new(),
        ..Published::of(draw)
    };
    Ok(all.iter().map(short).collect())
}

/// A draw that was repeated from its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repeated {
    /// The draw.
    pub id: DrawId,
    /// Contracts on the list.
    pub listed: usize,
    /// Sum of their weights.
    pub weight: u64,
    /// Digest of the list.
    pub list_digest: String,
    /// The value.
    pub value: String,
    /// The seed.
    pub seed: String,
    /// What was drawn.
    pub drawn: Vec<Pick>,
}

fn not_a_draw(cause: impl Into<String>) -> Fault {
    let say = "give the file of a draw that is held, as the API publishes it";
    Fault::new(NOT_A_DRAW, cause, say)
}

/// Repeats a draw from its published file.
///
/// # Errors
/// AC435 for another file, DM282 for a list that cannot be, AC436 to AC438 for what does not follow.
pub fn repeat(bytes: &[u8]) -> Result<Repeated, Faults> {
    let file: Published =
        serde_json::from_slice(bytes).map_err(|e| not_a_draw(format!("it cannot be read: {e}")))?;
    if file.format != FORMAT {
        return Err(not_a_draw("it is of another format").into());
    }
    let missing = || not_a_draw("it is not drawn yet");
    let list = List {
        officers: file.officers.ok_or_else(missing)?,
        count: file.count.ok_or_else(missing)?,
        entries: file.list,
    };
    let value = file.value.ok_or_else(missing)?;
    let (digest, seed) = (file.list_digest.unwrap_or_default(), file.seed);
    let seed = seed.unwrap_or_default();
    list.prove()?;
    let mut faults = Vec::new();
    let mut differs = |code, is: bool, cause: &str| {
        if is {
            faults.push(Fault::new(
                code,
                cause,
                "do not trust this draw; ask who held it",
            ));
        }
    };
    let right_digest = lottery::digest(&list);
    let right_seed = lottery::seed(&right_digest, &value);
    let drawn = lottery::draw(&list, &right_seed)?;
    differs(
        LIST_DIFFERS,
        digest != right_digest,
        "the digest is not that of the list",
    );
    differs(
        SEED_DIFFERS,
        seed != right_seed,
        "the seed is not that of list and value",
    );
    differs(
        DRAWN_DIFFERS,
        file.drawn != drawn,
        "list and value draw something else",
    );
    let repeated = Repeated {
        id: file.id,
        listed: list.entries.len(),
        weight: list.entries.iter().map(|e| e.weight).sum(),
        list_digest: right_digest,
        value,
        seed: right_seed,
        drawn,
    };
    Faults(faults).or(repeated)
}

/// The file of a draw, as the API publishes it.
pub fn file(published: &Published) -> Result<String, Fault> {
    serde_json::to_string_pretty(published).map_err(|e| {
        Fault::new(
            refuse::UNWRITABLE,
            e.to_string(),
            "report this to the makers",
        )
    })
}
