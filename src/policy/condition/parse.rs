//! Reading a condition by recursive descent, bounded in length, depth and number of tests.
//!
//! Not here: the words (`lex`).

use super::lex::{Token, tokens};
use super::{CREDENTIALS, Expr, Number, Text, bad};
use crate::domain::fault::Fault;

/// Longest condition in bytes.
pub const LENGTH_MAX: usize = 2_000;
/// Deepest nesting of parentheses and `not`.
pub const DEPTH_MAX: usize = 16;
/// Most tests of one condition.
pub const TESTS_MAX: usize = 64;
/// Largest number: a million millions.
pub(super) const NUMBER_MAX: i64 = 1_000_000_000_000;

/// Reads a whole condition.
pub(super) fn parse(text: &str) -> Result<Expr, Fault> {
    if text.len() > LENGTH_MAX {
        return Err(bad(LENGTH_MAX, "the condition is longer than 2000 bytes"));
    }
    let mut reader = Reader {
        tokens: tokens(text)?,
        at: 0,
        end: text.chars().count() + 1,
        tests: 0,
    };
    let expr = reader.any(0)?;
    match reader.tokens.get(reader.at) {
        None => Ok(expr),
        Some((column, _)) => Err(bad(*column, "here `and`, `or` or the end is expected")),
    }
}

struct Reader {
    tokens: Vec<(usize, Token)>,
    at: usize,
    end: usize,
    tests: usize,
}

impl Reader {
    fn column(&self) -> usize {
        self.tokens.get(self.at).map_or(self.end, |(c, _)| *c)
    }

    fn fail<T>(&self, cause: &str) -> Result<T, Fault> {
        Err(bad(self.column(), cause))
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).map(|(_, t)| t.clone());
        self.at += usize::from(token.is_some());
        token
    }

    /// Takes the token if it is the next one.
    fn takes(&mut self, token: &Token) -> bool {
        let is = self.tokens.get(self.at).is_some_and(|(_, t)| t == token);
        self.at += usize::from(is);
        is
    }

    fn takes_word(&mut self, word: &str) -> bool {
        self.takes(&Token::Word(word.to_owned()))
    }

    fn any(&mut self, depth: usize) -> Result<Expr, Fault> {
        let mut all = vec![self.all(depth)?];
        while self.takes_word("or") {
            all.push(self.all(depth)?);
        }
        Ok(one_or(all, Expr::Or))
    }

    fn all(&mut self, depth: usize) -> Result<Expr, Fault> {
        let mut all = vec![self.unary(depth)?];
        while self.takes_word("and") {
            all.push(self.unary(depth)?);
        }
        Ok(one_or(all, Expr::And))
    }

    fn unary(&mut self, depth: usize) -> Result<Expr, Fault> {
        if depth >= DEPTH_MAX {
            return self.fail("the condition is nested too deeply");
        }
        if self.takes_word("not") {
            return Ok(Expr::Not(Box::new(self.unary(depth + 1)?)));
        }
        if self.takes(&Token::Open) {
            let inner = self.any(depth + 1)?;
            if !self.takes(&Token::Close) {
                return self.fail("a closing parenthesis is missing");
            }
            return Ok(inner);
        }
        self.test()
    }

    fn test(&mut self) -> Result<Expr, Fault> {
        self.tests += 1;
        if self.tests > TESTS_MAX {
            return self.fail("the condition has more than 64 tests");
        }
        let column = self.column();
        let Some(Token::Word(word)) = self.next() else {
            return Err(bad(column, "here an attribute is expected"));
        };
        match word.as_str() {
            "has" => self.credential(),
            "works_in" => self.list().map(Expr::WorksIn),
            "wants_subsidy" => Ok(Expr::WantsSubsidy),
            name => self.of_attribute(name, column),
        }
    }

    fn credential(&mut self) -> Result<Expr, Fault> {
        let column = self.column();
        let Some(Token::Word(word)) = self.next() else {
            return Err(bad(column, "after `has` a credential is expected"));
        };
        let found = CREDENTIALS.iter().find(|(name, _)| *name == word);
        found.map(|(_, c)| Expr::Has(*c)).ok_or_else(|| {
            let known: Vec<&str> = CREDENTIALS.iter().map(|(name, _)| *name).collect();
            let cause = format!("{word:?} is no credential; there are {}", known.join(", "));
            bad(column, &cause)
        })
    }

    fn of_attribute(&mut self, name: &str, column: usize) -> Result<Expr, Fault> {
        if let Some(number) = Number::ALL.into_iter().find(|n| n.name() == name) {
            return self.compare(number);
        }
        if let Some(text) = Text::ALL.into_iter().find(|t| t.name() == name) {
            return self.text_test(text);
        }
        let numbers = Number::ALL.iter().map(|n| n.name());
        let known: Vec<&str> = numbers.chain(Text::ALL.iter().map(|t| t.name())).collect();
        let cause = format!(
            "{name:?} is no attribute; there are {}, has, works_in, wants_subsidy",
            known.join(", ")
        );
        Err(bad(column, &cause))
    }

    fn compare(&mut self, number: Number) -> Result<Expr, Fault> {
        let column = self.column();
        let Some(Token::Sign(op)) = self.next() else {
            return Err(bad(column, "here == != < <= > or >= is expected"));
        };
        let column = self.column();
        let Some(Token::Whole(limit)) = self.next() else {
            let cause = format!("here a whole number of {} is expected", number.unit());
            return Err(bad(column, &cause));
        };
        Ok(Expr::Compare(number, op, limit))
    }

    fn text_test(&mut self, text: Text) -> Result<Expr, Fault> {
        if self.takes_word("starts_with") {
            return self.list().map(|all| Expr::StartsWith(text, all));
        }
        if self.takes_word("in") {
            return self.list().map(|all| Expr::OneOf(text, all));
        }
        self.fail("here `starts_with` or `in` is expected")
    }

    fn list(&mut self) -> Result<Vec<String>, Fault> {
        if !self.takes(&Token::ListOpen) {
            return self.fail("here a list such as [\"73\", \"74\"] is expected");
        }
        let mut all = Vec::new();
        loop {
            let column = self.column();
            match self.next() {
                Some(Token::Quoted(text)) => all.push(text),
                _ => return Err(bad(column, "here a text in quotes is expected")),
            }
            if self.takes(&Token::ListClose) {
                return Ok(all);
            }
            if !self.takes(&Token::Comma) {
                return self.fail("here `,` or `]` is expected");
            }
        }
    }
}

fn one_or(mut all: Vec<Expr>, many: impl FnOnce(Vec<Expr>) -> Expr) -> Expr {
    match (all.len(), all.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            all.extend(last);
            many(all)
        }
    }
}
