//! Three-valued evaluation (Kleene): met, not met, not known. `and` is the least and `or` the greatest
//! in the order not met < not known < met; `not` turns the order round.
//!
//! Not here: reading a condition.

use std::cmp::Ordering;

use super::{Expr, Number, Op, Text};
use crate::domain::firm::Credential;

/// What a condition says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// Not met.
    No,
    /// A fact that decides is not known.
    Unknown,
    /// Met.
    Yes,
}

impl Truth {
    /// The opposite; what is not known stays so.
    #[must_use]
    pub fn negated(self) -> Truth {
        match self {
            Truth::No => Truth::Yes,
            Truth::Unknown => Truth::Unknown,
            Truth::Yes => Truth::No,
        }
    }

    fn known(value: Option<bool>) -> Truth {
        match value {
            Some(true) => Truth::Yes,
            Some(false) => Truth::No,
            None => Truth::Unknown,
        }
    }
}

/// Where the values of attributes come from; `None` = not known.
pub trait Source {
    /// A number in its stored unit (fen, 0.01 m2, else the unit itself).
    fn number(&self, attribute: Number) -> Option<i64>;
    /// A text.
    fn text(&self, attribute: Text) -> Option<&str>;
    /// Whether the firm holds a credential.
    fn has(&self, credential: Credential) -> Option<bool>;
    /// Whether the firm works in a field.
    fn works_in(&self, field: &str) -> Option<bool>;
    /// Whether the application asks for subsidy.
    fn wants_subsidy(&self) -> Option<bool>;
}

/// What an expression says of a source. Total: the depth is bounded when it is read.
pub(super) fn of(expr: &Expr, source: &impl Source) -> Truth {
    match expr {
        Expr::And(all) => least(all.iter().map(|e| of(e, source))),
        Expr::Or(all) => greatest(all.iter().map(|e| of(e, source))),
        Expr::Not(inner) => of(inner, source).negated(),
        Expr::Compare(number, op, limit) => {
            let ordering = source.number(*number).map(|value| {
                let limit = i128::from(*limit) * i128::from(number.scale());
                i128::from(value).cmp(&limit)
            });
            Truth::known(ordering.map(|o| op.holds(o)))
        }
        Expr::StartsWith(text, prefixes) => Truth::known(
            source
                .text(*text)
                .map(|value| prefixes.iter().any(|p| value.starts_with(p.as_str()))),
        ),
        Expr::OneOf(text, values) => Truth::known(
            source
                .text(*text)
                .map(|value| values.iter().any(|v| v == value)),
        ),
        Expr::Has(credential) => Truth::known(source.has(*credential)),
        Expr::WorksIn(fields) => greatest(fields.iter().map(|f| Truth::known(source.works_in(f)))),
        Expr::WantsSubsidy => Truth::known(source.wants_subsidy()),
    }
}

fn least(all: impl Iterator<Item = Truth>) -> Truth {
    all.min().unwrap_or(Truth::Yes)
}

fn greatest(all: impl Iterator<Item = Truth>) -> Truth {
    all.max().unwrap_or(Truth::No)
}

impl Op {
    /// Whether an order of value and limit satisfies the comparison.
    pub(super) fn holds(self, order: Ordering) -> bool {
        match self {
            Op::Equal => order.is_eq(),
            Op::Unequal => order.is_ne(),
            Op::Below => order.is_lt(),
            Op::AtMost => order.is_le(),
            Op::Above => order.is_gt(),
            Op::AtLeast => order.is_ge(),
        }
    }

    /// The sign in a condition.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Op::Equal => "==",
            Op::Unequal => "!=",
            Op::Below => "<",
            Op::AtMost => "<=",
            Op::Above => ">",
            Op::AtLeast => ">=",
        }
    }
}
