//! What is asked about a plan, gathered one by one in the address: demands and changes as short codes, the form that adds
//! one, the table from which each can be taken out again, and the button that has them examined.
//!
//! Not here: the questions (`conflict`, `frontier`).

use super::choices_of_seconds;
use crate::acts::reasons::told::Subjects;
use crate::acts::reasons::{Demand, Event};
use crate::domain::fault::{Fault, Faults};
use crate::domain::money::Fen;
use crate::web::context::Ctx;
use crate::web::format::encoded;
use crate::web::portal::say;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Form, Hidden, bad};
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// Most things that are asked at once: all of them stand in the address.
pub const MOST: usize = 8;
/// Most choices of a list; beyond, the key is typed.
const LISTED: usize = 400;
/// Between the parts of a code; no key holds it.
const MARK: char = '~';

/// The codes in the address and the one that the form adds, each once.
pub fn codes(ctx: &Ctx, added: Option<String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let given = ctx.values("d").into_iter().map(str::to_owned);
    for code in given.chain(added) {
        if !all.contains(&code) {
            all.push(code);
        }
    }
    all.truncate(MOST);
    all
}

/// The code that the form of the page adds; `None` when nothing was chosen.
pub fn added(ctx: &Ctx) -> Option<String> {
    let value = |key: &str| ctx.value(key).trim().to_owned();
    let kind = value("kind");
    let parts = match kind.as_str() {
        "place" | "keep" | "gone" => vec![kind, value("application")],
        "give" => vec![kind, value("application"), value("unit")],
        "district" => vec![kind, value("application"), value("district")],
        "lost" => vec![kind, value("unit")],
        "cut" => vec![kind, value("district"), value("percent")],
        _ => return None,
    };
    Some(parts.join(&MARK.to_string()))
}

/// The demand of a code. DM101, WB140.
pub fn demand(code: &str) -> Result<Demand, Faults> {
    let parts: Vec<&str> = code.split(MARK).collect();
    Ok(match parts.as_slice() {
        ["place", who] => Demand::Place {
            application: key(who, "application")?,
        },
        ["keep", who] => Demand::Keep {
            application: key(who, "application")?,
        },
        ["give", who, unit] => Demand::Give {
            application: key(who, "application")?,
            unit: key(unit, "unit")?,
        },
        ["district", who, code] => Demand::District {
            application: key(who, "application")?,
            district: key(code, "district")?,
        },
        _ => return Err(bad("kind").into()),
    })
}

/// The change of a code; a demand is something that must hold from now on. DM101, WB140.
pub fn event(code: &str, subjects: &Subjects) -> Result<Event, Faults> {
    let parts: Vec<&str> = code.split(MARK).collect();
    Ok(match parts.as_slice() {
        ["gone", who] => Event::Withdrawn {
            application: key(who, "application")?,
        },
        ["lost", unit] => Event::Lost {
            unit: key(unit, "unit")?,
        },
        ["cut", code, percent] => {
            let district: crate::domain::place::DistrictCode = key(code, "district")?;
            let percent: i64 = key(percent, "percent")?;
            let mut all = subjects.quotas.iter();
            let quota = all.find(|q| q.district == district);
            let quota = quota.ok_or_else(|| bad("district"))?;
            let left = i128::from(quota.amount.0) * i128::from(percent.clamp(0, 100)) / 100;
            Event::Cut {
                district,
                amount: Fen(i64::try_from(left).unwrap_or(quota.amount.0)),
            }
        }
        _ => Event::Must {
            demand: demand(code)?,
        },
    })
}

fn key<T: std::str::FromStr>(text: &str, field: &str) -> Result<T, Fault> {
    text.parse().map_err(|_| bad(field))
}

/// A code in words: what it is, whom or what it is about.
pub fn words(ctx: &Ctx, code: &str, subjects: &Subjects) -> (String, String) {
    let parts: Vec<&str> = code.split(MARK).collect();
    let kind = parts.first().copied().unwrap_or_default();
    let firm = |key: &str| match key.parse() {
        Ok(id) => format!("{} · {id}", ctx.name(&subjects.firm(&id))),
        Err(_) => key.to_owned(),
    };
    let room = |key: &str| match key.parse() {
        Ok(id) => format!("{} · {id}", ctx.name(&subjects.room(&id))),
        Err(_) => key.to_owned(),
    };
    let district = |key: &str| match key.parse() {
        Ok(code) => ctx.name(&subjects.district(&code)).to_owned(),
        Err(_) => key.to_owned(),
    };
    let about = match parts.as_slice() {
        ["lost", unit] => room(unit),
        ["cut", code, percent] => format!("{} → {percent} %", district(code)),
        ["give", who, unit] => format!("{} → {}", firm(who), room(unit)),
        ["district", who, code] => format!("{} → {}", firm(who), district(code)),
        [_, who] => firm(who),
        _ => code.to_owned(),
    };
    (say::word(ctx, "ask", kind), about)
}

/// A choice of an application.
pub fn applicants(ctx: &Ctx, subjects: &Subjects) -> Field {
    let word = ctx.t("term.application");
    if subjects.applicants.len() > LISTED {
        return Field::line("application", word);
    }
    let all = subjects.applicants.iter().map(|a| {
        let state = match a.placed {
            true => ctx.t("board.placed"),
            false => ctx.t("ask.waits"),
        };
        let label = format!("{} · {state}", ctx.name(&a.firm));
        (a.application.to_string(), label)
    });
    Field::one(
        "application",
        word,
        say::or_none(ctx, "board.choose", all.collect()),
    )
}

/// A choice of a unit.
pub fn rooms(ctx: &Ctx, subjects: &Subjects) -> Field {
    if subjects.rooms.len() > LISTED {
        return Field::line("unit", ctx.t("unit"));
    }
    let all = subjects.rooms.iter().map(|r| {
        let state = match r.held {
            true => ctx.t("board.held"),
            false => ctx.t("board.vacant"),
        };
        let label = format!("{} · {} m² · {state}", ctx.name(&r.name), ctx.area(&r.area));
        (r.unit.to_string(), label)
    });
    Field::one(
        "unit",
        ctx.t("unit"),
        say::or_none(ctx, "board.choose", all.collect()),
    )
}

/// A choice of a district.
pub fn districts(ctx: &Ctx, subjects: &Subjects) -> Field {
    let all = subjects.districts.iter();
    let all = all.map(|(code, name)| (code.to_string(), ctx.name(name).to_owned()));
    Field::one(
        "district",
        ctx.t("district"),
        say::or_none(ctx, "board.choose", all.collect()),
    )
}

/// A page on which things are gathered.
pub struct Gather<'a> {
    /// Its address.
    pub path: String,
    /// What can be asked about.
    pub subjects: &'a Subjects,
    /// Kinds of things, by key.
    pub kinds: &'a [&'static str],
    /// Further fields of the form that adds one.
    pub fields: Vec<Field>,
    /// Key of the words of the button that has them examined.
    pub go: &'static str,
}

/// The address of a page with these codes.
fn address(ctx: &Ctx, path: &str, codes: &[String]) -> String {
    let pairs: Vec<String> = codes.iter().map(|c| format!("d={}", encoded(c))).collect();
    match pairs.is_empty() {
        true => ctx.plain(path),
        false => ctx.plain(&format!("{path}?{}", pairs.join("&"))),
    }
}

impl Gather<'_> {
    /// The same sheet with the form that adds one, what was gathered, and the button that has it examined.
    pub fn shown(self, ctx: &Ctx, mut sheet: Sheet, codes: &[String]) -> Sheet {
        let kinds = self.kinds.iter();
        let kinds = kinds.map(|k| ((*k).to_owned(), say::word(ctx, "ask", k)));
        let mut fields = vec![Field::one("kind", ctx.t("ask.kind"), kinds.collect())];
        fields.extend(self.fields);
        let mut add = get(ctx, "add", &self.path, ctx.t("ask.add")).group("", "", fields);
        add.hidden.extend(hidden(codes));
        sheet = sheet.with("add", ctx.t("ask.add.title"), Part::Filter(add));
        let lines = codes.iter().enumerate().map(|(n, code)| {
            let (what, about) = words(ctx, code, self.subjects);
            let mut rest = codes.to_vec();
            rest.remove(n);
            let out = Cell::link(address(ctx, &self.path, &rest), ctx.t("ask.take_out"));
            Line {
                key: code.clone(),
                cells: vec![Cell::text(what), Cell::text(about), out],
            }
        });
        let heads = [
            ("what", ctx.t("ask.kind")),
            ("about", ctx.t("ask.about")),
            ("out", ctx.t("ask.out")),
        ];
        let table = Table::plain(ctx, ctx.t("ask.gathered"), &heads, lines.collect())
            .empty(ctx.t("ask.nothing"));
        sheet = sheet.with("gathered", ctx.t("ask.gathered"), Part::Table(table));
        if codes.is_empty() {
            return sheet;
        }
        let seconds = Field::one("seconds", ctx.t("board.seconds"), choices_of_seconds(ctx))
            .value(ctx.value("seconds"));
        let mut go = get(ctx, "go", &self.path, ctx.t(self.go)).group("", "", vec![seconds]);
        go.hidden.extend(hidden(codes));
        go.hidden.push(Hidden::new("go", "yes"));
        sheet.with("go", "", Part::Filter(go))
    }
}

fn get(ctx: &Ctx, name: &'static str, path: &str, words: &str) -> Form {
    let mut form = Form::new(name, ctx.bare(path), words);
    if !ctx.zh() {
        form.hidden.push(Hidden::new("lang", "en"));
    }
    form
}

fn hidden(codes: &[String]) -> Vec<Hidden> {
    codes.iter().map(|c| Hidden::new("d", c)).collect()
}

/// True when what was gathered is to be examined now.
pub fn goes(ctx: &Ctx) -> bool {
    ctx.value("go") == "yes"
}
