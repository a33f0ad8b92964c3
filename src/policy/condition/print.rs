//! Writing a condition in its one canonical form; what is written reads back as the same expression.
//!
//! Not here: reading (`parse`).

use std::fmt;

use super::Expr;
use super::attribute::credential_name;

/// Writes an expression.
pub(super) fn expr(expr: &Expr, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match expr {
        Expr::And(all) => joined(all, " and ", f),
        Expr::Or(all) => joined(all, " or ", f),
        Expr::Not(inner) => {
            f.write_str("not ")?;
            grouped(inner, f)
        }
        Expr::Compare(number, op, limit) => {
            write!(f, "{} {} {limit}", number.name(), op.sign())
        }
        Expr::StartsWith(text, all) => {
            write!(f, "{} starts_with ", text.name())?;
            list(all, f)
        }
        Expr::OneOf(text, all) => {
            write!(f, "{} in ", text.name())?;
            list(all, f)
        }
        Expr::Has(credential) => write!(f, "has {}", credential_name(*credential)),
        Expr::WorksIn(fields) => {
            f.write_str("works_in ")?;
            list(fields, f)
        }
        Expr::WantsSubsidy => f.write_str("wants_subsidy"),
    }
}

/// Members that are themselves `and` or `or` keep their parentheses, so that the structure is kept.
fn joined(all: &[Expr], between: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (n, member) in all.iter().enumerate() {
        if n > 0 {
            f.write_str(between)?;
        }
        grouped(member, f)?;
    }
    Ok(())
}

fn grouped(member: &Expr, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if matches!(member, Expr::And(_) | Expr::Or(_)) {
        f.write_str("(")?;
        expr(member, f)?;
        return f.write_str(")");
    }
    expr(member, f)
}

fn list(all: &[String], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let quoted: Vec<String> = all.iter().map(|text| format!("\"{text}\"")).collect();
    write!(f, "[{}]", quoted.join(", "))
}
