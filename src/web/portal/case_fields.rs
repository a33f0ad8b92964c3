//! What the forms of acts on an application ask: notes, reasons, flags.
//!
//! Not here: the acts (`case_acts`).

use crate::acts::Desk;
use crate::acts::cases::flags;
use crate::acts::cases::review::{self, Words};
use crate::acts::cases::view::Seen;
use crate::domain::case::{Case, Flag};
use crate::domain::fault::Faults;
use crate::domain::ids::ApplicationId;
use crate::web::context::Ctx;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::Fields;

/// A note for the firm and one for officers.
pub fn notes(ctx: &Ctx) -> Vec<Field> {
    vec![
        Field::words("note", ctx.t("review.note")).hint(ctx.t("review.note.hint")),
        Field::words("internal", ctx.t("review.internal")).hint(ctx.t("review.internal.hint")),
    ]
}

/// The notes that were sent.
pub fn said(sent: &Fields) -> Words<'_> {
    Words {
        note: sent.get("note"),
        internal: sent.get("internal"),
    }
}

/// A reason of the policy, and notes.
pub fn reject_fields(desk: &Desk, ctx: &Ctx, seen: &Seen) -> Result<Vec<Field>, Faults> {
    let known = review::reasons(desk, &seen.case.round)?;
    let choice = |r: &crate::acts::cases::RejectReason| {
        let label = if ctx.zh() { &r.label_zh } else { &r.label_en };
        (r.id.clone(), label.clone())
    };
    let reasons = known.iter().map(choice).collect();
    let mut fields = vec![Field::one("reason", ctx.t("review.reason"), reasons).needed()];
    fields.extend(notes(ctx));
    Ok(fields)
}

/// Which flag, and why it may stand.
pub fn flag_fields(_: &Desk, ctx: &Ctx, seen: &Seen) -> Result<Vec<Field>, Faults> {
    let flags = seen.case.open_flags();
    let choice = |f: &&Flag| {
        let word = match f {
            Flag::Duplicate(_) => ctx.t("flag.duplicate"),
            Flag::Related(..) => ctx.t("flag.related"),
        };
        (f.other().to_string(), format!("{word} · {}", f.other()))
    };
    Ok(vec![
        Field::one(
            "other",
            ctx.t("flag.other"),
            flags.iter().map(choice).collect(),
        )
        .needed(),
        Field::words("note", ctx.t("reason")).needed(),
    ])
}

/// Clears the flag that was chosen.
pub fn clear(desk: &Desk, id: &ApplicationId, sent: &Fields) -> Result<Case, Faults> {
    let other: ApplicationId = sent.need("other")?;
    flags::clear(desk, id, &other, sent.get("note"))
}
