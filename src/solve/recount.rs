//! Value and feasibility of choices, counted anew from the instance in 128 bits.
//!
//! At most 2^32 agents, each with terms below 2^126 (count x value): sums of hostile choices are
//! saturating, and a saturated sum differs from any claimed 64-bit value. Not here: bounds.

use super::finding::{Code, Finding};
use super::instance::{Agent, Instance, Opt};
use super::outcome::Choice;
use std::collections::{HashMap, HashSet};

/// A choice names an agent that does not exist.
pub const AGENT_UNKNOWN: Code = Code("SV231");
/// An agent takes two options.
pub const AGENT_TWICE: Code = Code("SV232");
/// A choice names an option that its agent does not have.
pub const OPTION_UNKNOWN: Code = Code("SV233");
/// Apartments are granted to an agent without an option.
pub const LODGING_WITHOUT_OPTION: Code = Code("SV234");
/// More lists of granted apartments than demands.
pub const LODGING_EXTRA: Code = Code("SV235");
/// Apartments from a pool that is not open at the taken site.
pub const POOL_CLOSED: Code = Code("SV236");
/// A negative number of apartments.
pub const GRANT_NEGATIVE: Code = Code("SV237");
/// More apartments than needed.
pub const GRANT_ABOVE_NEED: Code = Code("SV238");
/// A required agent takes no option.
pub const REQUIRED_LEFT: Code = Code("SV239");
/// More of a resource is used than there is.
pub const CAPACITY_EXCEEDED: Code = Code("SV240");

/// Recounted value, and what is wrong with the choices.
pub(super) struct Recount {
    pub(super) value: i128,
    pub(super) findings: Vec<Finding>,
}

struct Count<'i> {
    instance: &'i Instance,
    used: Vec<i128>,
    taken: HashSet<&'i str>,
    value: i128,
    findings: Vec<Finding>,
}

/// Counts the choices.
pub(super) fn recount(instance: &Instance, choices: &[Choice]) -> Recount {
    let agents: HashMap<&str, &Agent> = instance
        .agents()
        .iter()
        .map(|a| (a.id.as_str(), a))
        .collect();
    let used = vec![0; instance.resources().len()];
    let mut count = Count {
        instance,
        used,
        taken: HashSet::new(),
        value: 0,
        findings: Vec::new(),
    };
    for c in choices {
        match agents.get(c.agent.as_str()) {
            Some(a) => count.choice(a, c),
            None => count.add(AGENT_UNKNOWN, &c.agent, "unknown agent".to_owned()),
        }
    }
    count.totals();
    Recount {
        value: count.value,
        findings: count.findings,
    }
}

impl<'i> Count<'i> {
    fn add(&mut self, code: Code, id: &str, text: String) {
        self.findings
            .push(Finding::new(code, format!("choices/{id}"), text));
    }

    fn choice(&mut self, a: &'i Agent, c: &Choice) {
        if self.taken.contains(a.id.as_str()) {
            return self.add(AGENT_TWICE, &a.id, "chosen twice".to_owned());
        }
        let Some(name) = &c.option else {
            if c.lodging.iter().any(|g| !g.is_empty()) {
                self.add(
                    LODGING_WITHOUT_OPTION,
                    &a.id,
                    "lodging without an option".to_owned(),
                );
            }
            return;
        };
        let Some(option) = a.options.iter().find(|o| &o.id == name) else {
            return self.add(OPTION_UNKNOWN, &a.id, format!("unknown option {name:?}"));
        };
        self.taken.insert(&a.id);
        self.value = self.value.saturating_add(i128::from(option.value));
        for &(r, n) in &option.uses {
            self.take(r, i128::from(n));
        }
        self.lodging(a, option, &c.lodging);
    }

    fn lodging(&mut self, a: &Agent, option: &Opt, grants: &[Vec<(i64, i64)>]) {
        if grants.len() > a.lodging.len() {
            self.add(
                LODGING_EXTRA,
                &a.id,
                "more lodging lists than demands".to_owned(),
            );
        }
        for (k, (d, grant)) in a.lodging.iter().zip(grants).enumerate() {
            let open = d.pools.get(&option.site).map_or(&[][..], Vec::as_slice);
            let mut given = 0i128;
            for &(p, n) in grant {
                match u32::try_from(p).ok().filter(|p| open.contains(p)) {
                    None => {
                        let text = format!("pool {p} is not open to lodging {k} at the taken site");
                        self.add(POOL_CLOSED, &a.id, text);
                    }
                    Some(_) if n < 0 => {
                        self.add(
                            GRANT_NEGATIVE,
                            &a.id,
                            format!("lodging {k} grants {n} of pool {p}"),
                        );
                    }
                    Some(p) => {
                        self.take(p, i128::from(n));
                        given += i128::from(n);
                    }
                }
            }
            if given > i128::from(d.need) {
                let text = format!("lodging {k} grants {given} > need {}", d.need);
                self.add(GRANT_ABOVE_NEED, &a.id, text);
            }
            self.value = self
                .value
                .saturating_add(given.saturating_mul(i128::from(d.value)));
        }
    }

    fn take(&mut self, resource: u32, amount: i128) {
        let used = usize::try_from(resource)
            .ok()
            .and_then(|r| self.used.get_mut(r));
        if let Some(used) = used {
            *used = used.saturating_add(amount);
        }
    }

    fn totals(&mut self) {
        let instance = self.instance;
        for a in instance.agents() {
            if a.required && !self.taken.contains(a.id.as_str()) {
                self.add(
                    REQUIRED_LEFT,
                    &a.id,
                    "required, but takes no option".to_owned(),
                );
            }
        }
        for (r, &used) in instance.resources().iter().zip(&self.used) {
            if used > i128::from(r.capacity) {
                let text = format!("used {used} > capacity {}", r.capacity);
                self.findings.push(Finding::new(
                    CAPACITY_EXCEEDED,
                    format!("resources/{}", r.id),
                    text,
                ));
            }
        }
    }
}
