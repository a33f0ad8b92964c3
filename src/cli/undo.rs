//! `zhuchao undo [IMPORT]`: puts every row back that an import changed; without a key, the latest imports.

use std::fmt;

use serde::Serialize;

use super::{Common, Stop, setup, show};
use crate::acts::imports::{self, ToldImport};

/// Imports that are shown.
const SHOWN: u32 = 20;

/// Undo an import.
#[derive(Debug, clap::Args)]
pub struct Undo {
    /// The import; without it, the latest are listed.
    import: Option<String>,
    /// Why.
    #[arg(long, value_name = "TEXT", requires = "import")]
    reason: Option<String>,
}

/// The latest imports.
#[derive(Debug, Serialize)]
struct Latest {
    imports: Vec<ToldImport>,
}

impl fmt::Display for Latest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.imports.is_empty() {
            return write!(f, "no import has changed anything yet");
        }
        for (n, import) in self.imports.iter().enumerate() {
            write!(f, "{}{import}", if n > 0 { "\n" } else { "" })?;
        }
        Ok(())
    }
}

impl Undo {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        let desk = setup::usual_desk(common)?;
        let Some(import) = self.import else {
            let imports = imports::list(&desk, (None, SHOWN))?;
            return show::result(&Latest { imports }, common.json);
        };
        let reason = self.reason.unwrap_or_else(|| "undone by hand".to_owned());
        show::result(&imports::undo(&desk, &import, &reason)?, common.json)
    }
}
