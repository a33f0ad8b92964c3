//! Conditions (条件) of rules: a small closed language, no scripting. For example
//! `headcount >= 8 and industry starts_with ["73", "74"] and (has high_tech or rd_share >= 300)`.
//!
//!   expr = and { "or" and }      and = unary { "and" unary }      unary = "not" unary | "(" expr ")" | test
//!   test = NUMBER op 123 | TEXT starts_with ["..", ..] | TEXT in ["..", ..] | has CREDENTIAL
//!        | works_in ["K1", ..] | wants_subsidy              op = == != < <= > >=
//!
//! Numbers are whole, in the unit of the attribute. Evaluation is total and three-valued: what is not
//! known is never taken for met (`truth`). Length, depth and number of tests are bounded.
//!
//! Not here: which rule asks for what.

mod attribute;
mod decide;
mod facts;
mod lex;
mod parse;
mod print;
mod truth;

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

use crate::domain::fault::{Code, Fault};
use crate::domain::firm::Credential;

pub use attribute::{CREDENTIALS, Number, Text};
pub(super) use decide::{Model, models};
pub use decide::{Verdict, decide, implies};
pub use facts::Facts;
pub use parse::{DEPTH_MAX, LENGTH_MAX, TESTS_MAX};
pub use truth::{Source, Truth};

/// A condition cannot be read; the cause names the column.
pub const BAD_CONDITION: Code = Code("PO113");

/// A comparison of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Op {
    /// `==`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `>=`
    AtLeast,
}

/// An expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// All of two or more.
    And(Vec<Expr>),
    /// Any of two or more.
    Or(Vec<Expr>),
    /// The opposite.
    Not(Box<Expr>),
    /// A number against a constant in the unit of the attribute.
    Compare(Number, Op, i64),
    /// The text begins with one of these.
    StartsWith(Text, Vec<String>),
    /// The text is one of these.
    OneOf(Text, Vec<String>),
    /// The firm holds a credential.
    Has(Credential),
    /// The firm works in one of these fields.
    WorksIn(Vec<String>),
    /// The application asks for subsidy.
    WantsSubsidy,
}

impl Expr {
    /// Visits every test, in the order written.
    pub fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Expr)) {
        match self {
            Expr::And(all) | Expr::Or(all) => all.iter().for_each(|e| e.visit(see)),
            Expr::Not(inner) => inner.visit(see),
            test => see(test),
        }
    }

    /// True when a test asks for a fact of the application, not of the firm alone.
    pub fn asks_application(&self) -> bool {
        let mut asks = false;
        self.visit(&mut |test| {
            asks |= match test {
                Expr::Compare(number, ..) => number.is_of_application(),
                Expr::StartsWith(text, _) | Expr::OneOf(text, _) => text.is_of_application(),
                Expr::WantsSubsidy => true,
                _ => false,
            };
        });
        asks
    }
}

/// A condition of the document: an expression that was read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Condition(pub Expr);

impl Condition {
    /// What the condition says of a firm or application.
    pub fn of(&self, source: &impl Source) -> Truth {
        truth::of(&self.0, source)
    }
}

impl FromStr for Condition {
    type Err = Fault;

    /// Reads a condition, or PO113 with the column of the first character that cannot be read.
    fn from_str(text: &str) -> Result<Condition, Fault> {
        parse::parse(text).map(Condition)
    }
}

impl TryFrom<String> for Condition {
    type Error = Fault;

    fn try_from(text: String) -> Result<Condition, Fault> {
        text.parse()
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print::expr(&self.0, f)
    }
}

/// The fault of a text at a column, counted in characters from 1.
fn bad(column: usize, cause: &str) -> Fault {
    Fault::new(
        BAD_CONDITION,
        format!("condition, column {column}: {cause}"),
        "write for example: headcount >= 8 and has high_tech",
    )
}
