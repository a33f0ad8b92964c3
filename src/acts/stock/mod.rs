//! What there is to let and what of it is vacant, for everybody: units, buildings, apartments, the map.
//! Tenants are not named here: a unit is vacant, reserved, let or closed, and that is all.
//!
//! A process keeps the inventory in memory (about 40 MB for 50,000 units), because a search by any of
//! ten properties and a map of everything would else read every row each time. What is kept is right: each question first reads the
//! counts of `store::versions` and reads again what was changed.
//!
//! Not here: what can be let in a round (`vacancy`), the sites of a published plan (`view`).

pub mod apartments;
pub mod buildings;
pub mod map;
pub mod search;
mod shelf;
mod standing;

use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;

use super::Desk;
use crate::domain::fault::Faults;
use crate::domain::round::day_in_shenzhen;
use crate::store::versions;

pub use search::{Order, Wanted};
pub use shelf::{Placed, Shelf};
pub use standing::{OnDay, Standing};

/// The inventory of a database as last read.
#[derive(Default)]
pub struct Stock {
    kept: Mutex<Option<Arc<Shelf>>>,
}

impl Stock {
    /// The inventory as it is now.
    ///
    /// # Errors
    /// Those of the store.
    pub fn now(&self, desk: &Desk) -> Result<Arc<Shelf>, Faults> {
        let seen = desk.store().read(versions::now)?;
        // One reads while the others wait: they would all read the same.
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(shelf) = kept.as_ref().filter(|s| s.versions == seen) {
            return Ok(Arc::clone(shelf));
        }
        let shelf = Arc::new((desk.store()).read(|tx| shelf::read(tx, kept.as_deref()))?);
        *kept = Some(Arc::clone(&shelf));
        Ok(shelf)
    }
}

/// The day asked for, else today in Shenzhen.
pub fn day(desk: &Desk, asked: Option<NaiveDate>) -> NaiveDate {
    asked.unwrap_or_else(|| day_in_shenzhen(desk.now()))
}

/// Tag of what is made of the inventory for a day: it changes with the inventory, the allocations, the day
/// and the program.
pub fn tag(shelf: &Shelf, day: NaiveDate) -> String {
    let (v, program) = (shelf.versions, env!("CARGO_PKG_VERSION"));
    format!("{}.{}.{day}.{program}", v.inventory, v.holds)
}
