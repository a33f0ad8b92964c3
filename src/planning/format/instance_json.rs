//! `zhuchao-instance/1`: what stands in the file, and how it becomes an instance.
//!
//! Amounts are JSON integers within 64 bits; `required` and `lodging` may be left out. Not here:
//! the rules of a sound instance (`solve::instance`).

use super::{OTHER_FORMAT, SITE_NOT_INTEGER, not_json};
use crate::solve::finding::Finding;
use crate::solve::instance::{Agent, Instance, Lodging, Opt, Resource};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

const FORMAT: &str = "zhuchao-instance/1";

#[derive(Serialize, Deserialize)]
struct File<'a> {
    format: Cow<'a, str>,
    name: Cow<'a, str>,
    sense: Cow<'a, str>,
    resources: Vec<ResourceRow<'a>>,
    agents: Vec<AgentRow<'a>>,
}

#[derive(Serialize, Deserialize)]
struct ResourceRow<'a> {
    id: Cow<'a, str>,
    capacity: i64,
}

#[derive(Serialize, Deserialize)]
struct AgentRow<'a> {
    id: Cow<'a, str>,
    #[serde(default)]
    required: bool,
    options: Vec<OptionRow<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lodging: Option<Vec<LodgingRow>>,
}

#[derive(Serialize, Deserialize)]
struct OptionRow<'a> {
    id: Cow<'a, str>,
    value: i64,
    site: i64,
    uses: Vec<(i64, i64)>,
}

#[derive(Serialize, Deserialize)]
struct LodgingRow {
    need: i64,
    value: i64,
    pools: BTreeMap<String, Vec<i64>>,
}

/// Reads the text of an instance file.
pub(super) fn parse(text: &[u8]) -> Result<Instance, Vec<Finding>> {
    let file: File = serde_json::from_slice(text).map_err(|e| vec![not_json(&e)])?;
    let mut found = Vec::new();
    if file.format != FORMAT || file.sense != "max" {
        let text = format!(
            "format must be {FORMAT:?} and sense \"max\", found {:?} and {:?}",
            file.format, file.sense
        );
        found.push(Finding::new(OTHER_FORMAT, "format", text));
    }
    let resources = file.resources.into_iter().map(|r| Resource {
        id: r.id.into(),
        capacity: r.capacity,
    });
    let agents = file
        .agents
        .into_iter()
        .map(|a| agent(a, &mut found))
        .collect();
    match Instance::new(file.name.into(), resources.collect(), agents) {
        Ok(instance) if found.is_empty() => Ok(instance),
        Ok(_) => Err(found),
        Err(more) => {
            found.extend(more);
            Err(found)
        }
    }
}

/// A position beyond any list stands for one that cannot be a position.
fn position(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn agent(row: AgentRow, found: &mut Vec<Finding>) -> Agent {
    let place = |k: usize| format!("agents/{}/lodging/{k}", row.id);
    let lodging = row.lodging.unwrap_or_default().into_iter().enumerate();
    let lodging = lodging
        .map(|(k, d)| demand(d, || place(k), found))
        .collect();
    let option = |o: OptionRow| Opt {
        id: o.id.into(),
        value: o.value,
        site: o.site,
        uses: o.uses.into_iter().map(|(r, n)| (position(r), n)).collect(),
    };
    let options = row.options.into_iter().map(option).collect();
    Agent {
        id: row.id.into(),
        required: row.required,
        options,
        lodging,
    }
}

fn demand(row: LodgingRow, place: impl Fn() -> String, found: &mut Vec<Finding>) -> Lodging {
    let mut pools = BTreeMap::new();
    for (key, list) in row.pools {
        match key.parse::<i64>() {
            Ok(site) if site.to_string() == key => {
                pools.insert(site, list.into_iter().map(position).collect());
            }
            _ => found.push(Finding::new(
                SITE_NOT_INTEGER,
                place(),
                format!("{key:?} is not a site"),
            )),
        }
    }
    Lodging {
        need: row.need,
        value: row.value,
        pools,
    }
}

/// The text of an instance file: one line per resource and agent is not needed, so none is kept.
pub(super) fn text(instance: &Instance) -> Result<Vec<u8>, Finding> {
    let resources = instance.resources().iter();
    let file = File {
        format: FORMAT.into(),
        name: instance.name().into(),
        sense: "max".into(),
        resources: resources
            .map(|r| ResourceRow {
                id: (&r.id).into(),
                capacity: r.capacity,
            })
            .collect(),
        agents: instance.agents().iter().map(row).collect(),
    };
    let mut text = serde_json::to_vec(&file).map_err(|e| not_json(&e))?;
    text.push(b'\n');
    Ok(text)
}

fn row(a: &Agent) -> AgentRow<'_> {
    let uses = |o: &Opt| o.uses.iter().map(|&(r, n)| (i64::from(r), n)).collect();
    let option = |o: &'_ Opt| OptionRow {
        id: o.id.clone().into(),
        value: o.value,
        site: o.site,
        uses: uses(o),
    };
    let pools = |d: &Lodging| {
        d.pools
            .iter()
            .map(|(s, l)| (s.to_string(), l.iter().map(|&p| i64::from(p)).collect()))
            .collect()
    };
    let demand = |d: &Lodging| LodgingRow {
        need: d.need,
        value: d.value,
        pools: pools(d),
    };
    AgentRow {
        id: (&a.id).into(),
        required: a.required,
        options: a.options.iter().map(option).collect(),
        lodging: (!a.lodging.is_empty()).then(|| a.lodging.iter().map(demand).collect()),
    }
}
