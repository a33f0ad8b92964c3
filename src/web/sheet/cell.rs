//! Cells: what stands in one place of a table or list, and by what it is put in order.
//!
//! Not here: tables (`table`).

use std::cmp::Ordering;

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::area::Area;
use crate::domain::money::Fen;
use crate::web::context::Ctx;
use crate::web::format;

/// By what cells are put in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Nothing: stands last in either direction.
    None,
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
}

impl Order {
    /// The order of two cells; what is nothing stands last.
    pub fn compare(&self, other: &Order, down: bool) -> Ordering {
        let turned = |o: Ordering| if down { o.reverse() } else { o };
        match (self, other) {
            (Order::None, Order::None) => Ordering::Equal,
            (Order::None, _) => Ordering::Greater,
            (_, Order::None) => Ordering::Less,
            (Order::Number(a), Order::Number(b)) => turned(a.cmp(b)),
            (Order::Text(a), Order::Text(b)) => turned(a.cmp(b)),
            (Order::Number(_), _) => Ordering::Less,
            (_, Order::Number(_)) => Ordering::Greater,
        }
    }
}

/// A cell.
#[derive(Debug, Clone)]
pub struct Cell {
    /// What it says; empty shows a dash.
    pub text: String,
    /// Where it leads.
    pub href: Option<String>,
    /// Class of a state, else nothing.
    pub state: Option<String>,
    /// True for numbers, which stand right.
    pub number: bool,
    /// A line beneath.
    pub under: String,
    /// True for keys and digests.
    pub code: bool,
    /// True for texts that run over several lines.
    pub long: bool,
    /// By what it is put in order.
    pub order: Order,
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        Cell {
            order: Order::Text(text.clone()),
            text,
            href: None,
            state: None,
            number: false,
            under: String::new(),
            code: false,
            long: false,
        }
    }

    /// A text that runs over several lines.
    pub fn long(text: impl Into<String>) -> Cell {
        Cell {
            long: true,
            ..Cell::text(text)
        }
    }

    /// Nothing: a dash.
    pub fn none() -> Cell {
        Cell {
            order: Order::None,
            ..Cell::text("")
        }
    }

    /// A link.
    pub fn link(href: String, text: impl Into<String>) -> Cell {
        Cell {
            href: Some(href),
            ..Cell::text(text)
        }
    }

    /// A key or digest.
    pub fn key(text: impl Into<String>) -> Cell {
        Cell {
            code: true,
            ..Cell::text(text)
        }
    }

    /// A whole number.
    pub fn count(count: i64) -> Cell {
        Cell {
            order: Order::Number(count),
            number: true,
            ..Cell::text(format::grouped(&count.to_string()))
        }
    }

    /// A number that may not be known.
    pub fn maybe(count: Option<i64>) -> Cell {
        count.map_or_else(
            || Cell {
                number: true,
                ..Cell::none()
            },
            Cell::count,
        )
    }

    /// An area in square metres.
    pub fn area(area: Area) -> Cell {
        Cell {
            order: Order::Number(area.0),
            number: true,
            ..Cell::text(format::metres(area))
        }
    }

    /// Money in yuan.
    pub fn money(amount: Fen) -> Cell {
        Cell {
            order: Order::Number(amount.0),
            number: true,
            ..Cell::text(format::yuan(amount))
        }
    }

    /// A number in its own words, with the number that orders it.
    pub fn figure(text: impl Into<String>, order: i64) -> Cell {
        Cell {
            order: Order::Number(order),
            number: true,
            ..Cell::text(text)
        }
    }

    /// A day.
    pub fn day(day: NaiveDate) -> Cell {
        Cell::text(day.to_string())
    }

    /// A moment in Beijing time.
    pub fn moment(ctx: &Ctx, at: &DateTime<Utc>) -> Cell {
        Cell {
            order: Order::Number(at.timestamp()),
            ..Cell::text(ctx.clock(at))
        }
    }

    /// A state: its class and word.
    pub fn state(class: &str, word: impl Into<String>) -> Cell {
        Cell {
            state: Some(class.to_owned()),
            ..Cell::text(word)
        }
    }

    /// The same with a line beneath.
    #[must_use]
    pub fn under(mut self, text: impl Into<String>) -> Cell {
        self.under = text.into();
        self
    }
}
