//! The doors of a demonstration: whom a visitor may enter as, by firm, district and office.
//!
//! Not here: entering (`enter`), the start page (`start`).

use super::say;
use crate::acts::people::{Tools, demo};
use crate::acts::{Desk, lookup};
use crate::domain::account::Account;
use crate::domain::fault::Faults;
use crate::domain::people::{Body, Role};
use crate::web::context::Ctx;
use crate::web::sheet::Door;

/// The doors: firms first, then districts, the bureau, administrators.
pub fn doors(
    desk: &Desk,
    ctx: &Ctx,
    (tools, people): (&Tools, &[Account]),
) -> Result<Vec<Door>, Faults> {
    let districts = lookup::districts(desk)?;
    let firms = demo::firms(desk, tools)?;
    let mut people: Vec<&Account> = people.iter().collect();
    people.sort_by_key(|a| (place(a.role.unwrap_or(Role::Public)), a.login.to_string()));
    let mut found: Vec<(usize, String, Door)> = Vec::new();
    for account in people {
        let role = account.role.unwrap_or(Role::Public);
        let (rank, key, title) = match &account.body {
            Body::Firm(firm) => {
                let name = say::firm(ctx, &firms, firm.as_str());
                let title = format!("{name} · {}", ctx.t("doors.synthetic"));
                (0, firm.to_string(), title)
            }
            Body::District(code) => (
                1,
                code.to_string(),
                say::named(ctx, &districts, code.as_str()),
            ),
            Body::City if matches!(role, Role::BureauPlanner | Role::BureauApprover) => {
                (2, String::new(), ctx.t("doors.bureau").to_owned())
            }
            Body::City => (3, String::new(), ctx.t("doors.admin").to_owned()),
        };
        // The door names the body already: "District: reviewer" is a reviewer there.
        let word = say::word(ctx, "role", role.name());
        let word = word.split_once(": ").map_or(word.as_str(), |(_, w)| w);
        let way = [account.login.to_string(), word.to_owned()];
        match found.iter_mut().find(|(r, k, _)| (*r, k) == (rank, &key)) {
            Some((_, _, door)) => door.ways.push(way),
            None => {
                let kind = ["firm", "district", "bureau", "admin"][rank];
                let door = Door {
                    title,
                    text: ctx.t(&format!("doors.{kind}.text")).to_owned(),
                    enter: ctx.plain("/demo/enter"),
                    ways: vec![way],
                };
                found.push((rank, key, door));
            }
        }
    }
    found.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    Ok(found
        .into_iter()
        .map(|(_, _, door)| numbered(door))
        .collect())
}

/// The place of a role: who prepares stands before who approves.
fn place(role: Role) -> usize {
    Role::ALL.iter().position(|r| *r == role).unwrap_or(0)
}

/// Two of the same role are told apart.
fn numbered(mut door: Door) -> Door {
    let labels: Vec<String> = door.ways.iter().map(|w| w[1].clone()).collect();
    for (at, way) in door.ways.iter_mut().enumerate() {
        let same = |label: &&String| **label == labels[at];
        if labels.iter().filter(same).count() > 1 {
            let n = labels[..=at].iter().filter(same).count();
            way[1] = format!("{} {n}", way[1]);
        }
    }
    door
}
