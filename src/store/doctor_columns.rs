//! Columns that doctor holds against bodies, noun by noun.
//!
//! Not here: what else doctor looks at (`doctor`).

use super::doctor::{DRIFTED, about};
use super::error::StoreError;
use super::noun::Noun;
use super::rows::drifted;
use super::tx::Reading;
use crate::domain::account::Account;
use crate::domain::application::Application;
use crate::domain::calendar::CalendarDay;
use crate::domain::case::Case;
use crate::domain::claim::Claim;
use crate::domain::claw_back::ClawBack;
use crate::domain::commitment::Commitment;
use crate::domain::credential::{ApiToken, Secret, SetupCode, TokenKey};
use crate::domain::erasure::Erasure;
use crate::domain::fault::Fault;
use crate::domain::firm::Firm;
use crate::domain::housing::{ApartmentType, Project};
use crate::domain::import::Import;
use crate::domain::ledger::LedgerEntry;
use crate::domain::objection::Objection;
use crate::domain::offer::{Contract, Offer};
use crate::domain::paper_template::PaperTemplate;
use crate::domain::payment::{BankAccount, PaymentBatch};
use crate::domain::place::{Cluster, District, Line, Station};
use crate::domain::plan::PlanPrices;
use crate::domain::policy_draft::PolicyDraft;
use crate::domain::procedure::Procedure;
use crate::domain::profile::Profile;
use crate::domain::quota::Quota;
use crate::domain::quota_change::QuotaChange;
use crate::domain::round::Round;
use crate::domain::sanction::{Ban, Proposal, Suspension};
use crate::domain::scenario::{Scenario, Variant};
use crate::domain::session::{Attempts, OtpUse, Session, Sighting, Ticket};
use crate::domain::settlement::Settlement;
use crate::domain::space::{Building, Floor, Site, Unit};
use crate::domain::task::{Lease, Progress, Task};
use crate::domain::waiting_list::{Succession, Waiter};
use crate::domain::year_end::YearEnd;
use crate::domain::{draw::Draw, finding::Finding, statement::Statement, visit::Visit};

/// Every noun whose columns are not what its body says.
pub(super) fn columns(tx: &mut Reading<'_>) -> Result<Vec<Fault>, StoreError> {
    let mut faults = drift::<District>(tx)?;
    faults.extend(drift::<Station>(tx)?);
    faults.extend(drift::<Line>(tx)?);
    faults.extend(drift::<Cluster>(tx)?);
    faults.extend(drift::<Site>(tx)?);
    faults.extend(drift::<Building>(tx)?);
    faults.extend(drift::<Floor>(tx)?);
    faults.extend(drift::<Unit>(tx)?);
    faults.extend(drift::<Project>(tx)?);
    faults.extend(drift::<ApartmentType>(tx)?);
    faults.extend(drift::<Import>(tx)?);
    faults.extend(drift::<PaperTemplate>(tx)?);
    faults.extend(drift::<PolicyDraft>(tx)?);
    faults.extend(drift::<Firm>(tx)?);
    faults.extend(drift::<Application>(tx)?);
    faults.extend(drift::<Round>(tx)?);
    faults.extend(drift::<Quota>(tx)?);
    faults.extend(drift::<Case>(tx)?);
    faults.extend(drift::<Procedure>(tx)?);
    faults.extend(drift::<Profile>(tx)?);
    faults.extend(drift::<Offer>(tx)?);
    faults.extend(drift::<Contract>(tx)?);
    faults.extend(drift::<CalendarDay>(tx)?);
    faults.extend(drift::<Objection>(tx)?);
    faults.extend(drift::<Waiter>(tx)?);
    faults.extend(drift::<Succession>(tx)?);
    faults.extend(drift::<Task>(tx)?);
    faults.extend(drift::<Lease>(tx)?);
    faults.extend(drift::<Progress>(tx)?);
    faults.extend(drift::<Scenario>(tx)?);
    faults.extend(drift::<Variant>(tx)?);
    faults.extend(drift::<PlanPrices>(tx)?);
    faults.extend(drift::<Erasure>(tx)?);
    faults.extend(people(tx)?);
    faults.extend(supervision(tx)?);
    faults.extend(money(tx)?);
    Ok(faults)
}

fn supervision(tx: &mut Reading<'_>) -> Result<Vec<Fault>, StoreError> {
    let mut faults = drift::<Statement>(tx)?;
    faults.extend(drift::<Draw>(tx)?);
    faults.extend(drift::<Visit>(tx)?);
    faults.extend(drift::<Finding>(tx)?);
    faults.extend(drift::<Ban>(tx)?);
    faults.extend(drift::<Suspension>(tx)?);
    faults.extend(drift::<Proposal>(tx)?);
    Ok(faults)
}

fn money(tx: &mut Reading<'_>) -> Result<Vec<Fault>, StoreError> {
    let mut faults = drift::<QuotaChange>(tx)?;
    faults.extend(drift::<Commitment>(tx)?);
    faults.extend(drift::<Settlement>(tx)?);
    faults.extend(drift::<Claim>(tx)?);
    faults.extend(drift::<PaymentBatch>(tx)?);
    faults.extend(drift::<BankAccount>(tx)?);
    faults.extend(drift::<ClawBack>(tx)?);
    faults.extend(drift::<YearEnd>(tx)?);
    faults.extend(drift::<LedgerEntry>(tx)?);
    Ok(faults)
}

fn people(tx: &mut Reading<'_>) -> Result<Vec<Fault>, StoreError> {
    let mut faults = drift::<Account>(tx)?;
    faults.extend(drift::<Secret>(tx)?);
    faults.extend(drift::<SetupCode>(tx)?);
    faults.extend(drift::<ApiToken>(tx)?);
    faults.extend(drift::<TokenKey>(tx)?);
    faults.extend(drift::<Session>(tx)?);
    faults.extend(drift::<Ticket>(tx)?);
    faults.extend(drift::<Attempts>(tx)?);
    faults.extend(drift::<Sighting>(tx)?);
    faults.extend(drift::<OtpUse>(tx)?);
    Ok(faults)
}

fn drift<T: Noun>(tx: &mut Reading<'_>) -> Result<Vec<Fault>, StoreError> {
    let cause = "its columns are not what its body says, or the body cannot be read";
    let fault = |id| {
        about(
            DRIFTED,
            format!("{} {id}", T::NOUN),
            cause,
            "store the row again, or restore a backup",
        )
    };
    Ok(drifted::<T>(tx)?.into_iter().map(fault).collect())
}
