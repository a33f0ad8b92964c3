//! Choosing nouns by their columns, in an order, page by page.
//!
//! Not here: writing, reading whole tables (`rows`).

use diesel::RunQueryDsl;
use diesel::sql_types::Text;

use super::error::StoreError;
use super::noun::Noun;
use super::rows::{read, statement};
use super::tx::Reading;

/// Which nouns of a kind are wanted, and in which order.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Columns of [`Noun::COLUMNS`] and the text that each must hold.
    pub equal: Vec<(&'static str, String)>,
    /// By which column; by key unless given, and by key where the column is equal.
    pub order: Option<Order>,
    /// Only what comes after this key in that order.
    pub after: Option<String>,
    /// At most so many; 0 = all.
    pub limit: u32,
}

/// An order of nouns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// A column that is never NULL.
    pub column: &'static str,
    /// The largest first.
    pub down: bool,
}

impl Order {
    /// What comes after the key `$1`: a larger value, or the same and a larger key.
    fn after(self, table: &str) -> String {
        let Order { column, down } = self;
        let than = if down { '<' } else { '>' };
        let held = format!("(SELECT {column} FROM {table} WHERE id = $1)");
        format!("($1 = '' OR {column} {than} {held} OR ({column} = {held} AND id > $1))")
    }

    fn by(self) -> String {
        let way = if self.down { " DESC" } else { "" };
        format!("{}{way}, id", self.column)
    }
}

/// The nouns that a filter wants. ST101 when it names a column that the noun has not, or orders by one that
/// may be empty.
pub fn select<T: Noun>(tx: &mut Reading<'_>, filter: &Filter) -> Result<Vec<T>, StoreError> {
    let (after, by) = match filter.order {
        None => ("id > $1".to_owned(), "id".to_owned()),
        Some(order)
            if order.column != "id" && !T::COLUMNS.contains(&order.column)
                || T::MAYBE.contains(&order.column) =>
        {
            return Err(StoreError::not_found("column", order.column));
        }
        Some(order) => (order.after(T::TABLE), order.by()),
    };
    let mut wheres = vec![after];
    for (n, (column, _)) in filter.equal.iter().enumerate() {
        if !T::COLUMNS.contains(column) {
            return Err(StoreError::not_found("column", column));
        }
        wheres.push(format!("{column} = ${}", n + 2));
    }
    let limit = match filter.limit {
        0 => String::new(),
        limit => format!(" LIMIT {limit}"),
    };
    let sql = format!(
        "SELECT id, body FROM {} WHERE {} ORDER BY {by}{limit}",
        T::TABLE,
        wheres.join(" AND ")
    );
    let first = filter.after.clone().unwrap_or_default();
    let query = filter.equal.iter().fold(
        statement(sql).bind::<Text, _>(first),
        |query, (_, value)| query.bind::<Text, _>(value.clone()),
    );
    read(tx.run(|c| query.load(c))?)
}
