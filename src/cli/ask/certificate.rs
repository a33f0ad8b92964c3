//! `zhuchao ask why PLAN SNAPSHOT [--application ID]`: certificates in words.

use serde::Serialize;

use super::shown::Shown;
use super::{About, Common, Stop};
use crate::cli::show;
use crate::domain::ids::{ApplicationId, FirmId};
use crate::planning::facts::Facts;
use crate::planning::why::book::Text;
use crate::planning::why::certificate::{Office, Sheet};
use crate::planning::why::tell::tell;
use crate::planning::why::viewer::Viewer;

/// Why is an application where it is.
#[derive(Debug, clap::Args)]
pub(super) struct Why {
    #[command(flatten)]
    about: About,
    /// The application; all unless given.
    #[arg(long, value_name = "ID")]
    application: Option<ApplicationId>,
    /// As this firm reads it: other firms are counted, not named.
    #[arg(long, value_name = "FIRM")]
    viewer: Option<FirmId>,
}

#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    sheet: Sheet,
    sentences: Vec<Text>,
}

impl Why {
    pub(super) fn run(self, common: &Common) -> Result<(), Stop> {
        let read = self.about.read()?;
        let facts = Facts::of(&read.snapshot)?;
        let footing = read.footing()?;
        let office = Office::of(&facts, &footing)?;
        let names = read.names();
        let viewer = self.viewer.map_or(Viewer::All, Viewer::Firm);
        if let Some(id) = &self.application {
            // An application that is not there is said to be so.
            footing.case(id.as_str())?;
        }
        let wanted = |id: &ApplicationId| self.application.as_ref().is_none_or(|w| w == id);
        let mut all = Vec::new();
        let mut lines = Vec::new();
        for application in read.snapshot.applications.iter().filter(|a| wanted(&a.id)) {
            let sheet = office.sheet(&application.id, &viewer)?;
            let sentences = tell(&names, application, &sheet);
            lines.push(application.id.to_string());
            for text in &sentences {
                lines.push(format!("  {}", self.about.said(text.clone())));
            }
            all.push(Told { sheet, sentences });
        }
        show::result(&Shown { answer: all, lines }, common.json)
    }
}
