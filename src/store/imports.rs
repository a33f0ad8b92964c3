//! Imports.

use super::noun::{Cell, Noun};
use crate::domain::import::{Import, ImportRows};

impl Noun for Import {
    const NOUN: &'static str = "import";
    const TABLE: &'static str = "imports";
    const COLUMNS: &'static [&'static str] = &["kind", "stage"];

    fn key(&self) -> String {
        self.id.clone()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.kind.clone()),
            Cell::Text(self.stage().to_owned()),
        ]
    }
}

impl Noun for ImportRows {
    const NOUN: &'static str = "rows of import";
    const TABLE: &'static str = "import_rows";
    const COLUMNS: &'static [&'static str] = &[];

    fn key(&self) -> String {
        self.id.clone()
    }

    fn cells(&self) -> Vec<Cell> {
        Vec::new()
    }
}
