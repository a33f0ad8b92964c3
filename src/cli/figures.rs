//! The figures of a plan as lines for people.

use std::fmt;

use crate::domain::quota::QuotaMode;
use crate::planning::summary::{DistrictSubsidy, Summary};

/// A summary as text.
pub struct Figures<'a>(pub &'a Summary);

impl fmt::Display for Figures<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = self.0;
        if s.synthetic {
            writeln!(f, "data       firms, applications and quotas are synthetic")?;
        }
        writeln!(
            f,
            "placed     {} of {} applications",
            s.placed, s.applications
        )?;
        let waiting = s.not_eligible + s.nothing_fits + s.priced_out;
        writeln!(
            f,
            "waiting    {waiting} ({} not eligible, {} nothing fits, {} priced out)",
            s.not_eligible, s.nothing_fits, s.priced_out
        )?;
        writeln!(f, "area       {} of {} m2 let", s.area_let, s.area_all)?;
        writeln!(
            f,
            "apartments {} granted, {} in stock, {} asked for",
            s.apartments_granted, s.apartments_all, s.apartments_asked
        )?;
        writeln!(f, "subsidy by district (yuan)")?;
        writeln!(
            f,
            "  district  year  firms  {:>14}  {:>14}  {:>14}  mode",
            "claimed", "awarded", "quota"
        )?;
        for d in &s.subsidies {
            district(f, d)?;
        }
        let bound = s
            .upper_bound
            .map_or_else(|| "none".to_owned(), |b| b.to_string());
        let gap = s.gap_ppm.map_or_else(
            || "unknown".to_owned(),
            |g| {
                if g == 0 {
                    "0".to_owned()
                } else {
                    format!("{:.4} %", g as f64 / 1e4)
                }
            },
        );
        writeln!(f, "value     {} points ({})", s.value, s.status)?;
        writeln!(f, "bound     {bound}")?;
        write!(f, "gap       {gap}")
    }
}

fn district(f: &mut fmt::Formatter<'_>, d: &DistrictSubsidy) -> fmt::Result {
    let mode = match d.mode {
        QuotaMode::Hard => "hard",
        QuotaMode::ProRata => "pro rata",
    };
    writeln!(
        f,
        "  {}    {}  {:>5}  {:>14}  {:>14}  {:>14}  {mode}",
        d.district,
        d.year,
        d.firms,
        d.computed.yuan(),
        d.awarded.yuan(),
        d.quota.yuan()
    )
}
