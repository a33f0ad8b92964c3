//! What `policy simulate` prints: totals, districts, and the applications that the change touches.

use std::fmt;

use serde::Serialize;

use crate::acts::policy::{Applicant, Effect, Pair};
use crate::domain::area::Area;

/// The effect of a policy on a past round.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(super) struct Shown(pub Effect);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let e = &self.0;
        writeln!(f, "round {}", e.round)?;
        if e.synthetic {
            writeln!(f, "firms and applications are synthetic")?;
        }
        let area = |sum: i128| Area(i64::try_from(sum).unwrap_or(i64::MAX)).to_string();
        line(f, "", &e.policy.before, &e.policy.after)?;
        line(f, "eligible", &e.eligible.before, &e.eligible.after)?;
        let (before, after) = (area(e.area_max.before), area(e.area_max.after));
        line(f, "entitled m2", &before, &after)?;
        let (before, after) = (e.claimed.before.yuan(), e.claimed.after.yuan());
        line(f, "claimed yuan", &before, &after)?;
        line(f, "quota yuan", &e.quota.yuan(), &e.quota.yuan())?;
        self.districts(f)?;
        let touched: Vec<&Applicant> = e.applicants.iter().filter(|a| touched(a)).collect();
        writeln!(
            f,
            "{} of {} applications are touched",
            touched.len(),
            e.applicants.len()
        )?;
        for applicant in touched {
            row(f, applicant)?;
        }
        Ok(())
    }
}

impl Shown {
    fn districts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.districts.is_empty() {
            return Ok(());
        }
        writeln!(
            f,
            "district        claimed before   claimed after           quota    ratio before  after"
        )?;
        for d in &self.0.districts {
            writeln!(
                f,
                "{:<12}  {:>16}{:>16}{:>16}    {:>8}  {:>8}",
                d.district,
                d.claimed.before.yuan(),
                d.claimed.after.yuan(),
                d.quota.yuan(),
                percent(d.ratio_ppm.before),
                percent(d.ratio_ppm.after)
            )?;
        }
        Ok(())
    }
}

fn line(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    before: &impl fmt::Display,
    after: &impl fmt::Display,
) -> fmt::Result {
    writeln!(f, "{name:<12}  {before:>16}{after:>16}")
}

/// Parts per million as per cent with four places.
fn percent(ppm: i64) -> String {
    format!("{}.{:04} %", ppm / 10_000, ppm % 10_000)
}

fn touched(a: &Applicant) -> bool {
    a.unmet.differs() || a.area_max.differs() || a.subsidy.is_some_and(|s| s.differs())
}

fn row(f: &mut fmt::Formatter<'_>, a: &Applicant) -> fmt::Result {
    write!(f, "  {} {}", a.application, a.firm)?;
    if a.unmet.differs() {
        let Pair { before, after } = &a.unmet;
        write!(f, "  {} -> {}", standing(before), standing(after))?;
    }
    if a.area_max.differs() {
        write!(f, "  area {} -> {} m2", a.area_max.before, a.area_max.after)?;
    }
    if let Some(s) = a.subsidy.filter(|s| s.differs()) {
        write!(
            f,
            "  subsidy {} -> {} yuan",
            s.before.yuan(),
            s.after.yuan()
        )?;
    }
    writeln!(f)
}

fn standing(unmet: &[String]) -> String {
    if unmet.is_empty() {
        "eligible".to_owned()
    } else {
        format!("not eligible ({})", unmet.join(", "))
    }
}
