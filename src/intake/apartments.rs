//! Rows of the table of apartments: one apartment type each; the rows of a project repeat its
//! name and sites, which must agree. The project takes evidence and source from its first row.

use std::collections::BTreeMap;

use crate::domain::area::Area;
use crate::domain::evidence::{Evidence, Provenance};
use crate::domain::housing::{ApartmentType, Layout, Project};
use crate::domain::ids::{ApartmentTypeId, ProjectId};
use crate::domain::money::Rate;
use crate::domain::period::Period;
use crate::domain::space::SiteKind;

use super::codes;
use super::found::Found;
use super::gather::{Gather, Seen};
use super::outside::Context;
use super::report::Batch;
use super::row::Row;
use super::units::{known_site, needed_site};

/// The columns that speak of the project.
pub(super) const PROJECT_COLUMNS: [&str; 3] = ["project_name_zh", "site_id", "park_site_id"];

/// Gathers apartment types and their projects.
#[derive(Debug, Default)]
pub(super) struct Apartments {
    projects: BTreeMap<ProjectId, (Project, u64)>,
    types: Vec<ApartmentType>,
    seen: Seen,
}

fn of_project(row: &Provenance) -> Provenance {
    let about = |name: &&String| PROJECT_COLUMNS.contains(&name.as_str());
    Provenance {
        evidence: row.evidence,
        source: row.source.clone(),
        note: String::new(),
        assumed: row.assumed.iter().filter(about).cloned().collect(),
    }
}

fn project(
    row: &mut Row<'_>,
    ctx: &Context<'_>,
    provenance: Option<&Provenance>,
) -> Option<Project> {
    let id = row.needed::<ProjectId>("project_id");
    let name_zh = row.needed_text("project_name_zh");
    let site = needed_site(row, ctx, SiteKind::Housing);
    let park = known_site(row, ctx, "park_site_id", SiteKind::Space);
    Some(Project {
        id: id?,
        name_zh: name_zh?,
        site: site?,
        park,
        provenance: of_project(provenance?),
    })
}

fn kind_of_apartment(
    row: &mut Row<'_>,
    project: Option<&Project>,
    provenance: Option<Provenance>,
) -> Option<ApartmentType> {
    let id = row.needed::<ApartmentTypeId>("apartment_type_id");
    let layout = row.needed_word::<Layout>("layout");
    let count = row.needed_number::<u32>("count");
    let count_evidence = row.needed_word::<Evidence>("count_evidence");
    let from = row.needed_date("available_from");
    let area = row.parsed::<Area>("area_m2");
    let rent = row.parsed::<Rate>("rent_yuan_m2_month");
    let available = match Period::new(from?, None) {
        Ok(period) => period,
        Err(fault) => {
            row.refuse("available_from", fault);
            return None;
        }
    };
    Some(ApartmentType {
        id: id?,
        project: project?.id.clone(),
        layout: layout?,
        area,
        count: count?,
        count_evidence: count_evidence?,
        rent,
        available,
        provenance: provenance?,
    })
}

impl Apartments {
    fn note_project(&mut self, row: &mut Row<'_>, project: Project) {
        let Some((first, line)) = self.projects.get(&project.id) else {
            self.projects
                .insert(project.id.clone(), (project, row.line));
            return;
        };
        let pairs = [
            first.name_zh == project.name_zh,
            first.site == project.site,
            first.park == project.park,
        ];
        for (column, _) in PROJECT_COLUMNS.iter().zip(pairs).filter(|(_, same)| !same) {
            row.fault(
                column,
                codes::PROJECT_DISAGREES,
                format!("project {} says otherwise in row {line}", project.id),
                "write the same in every row of the project",
            );
        }
    }
}

impl Gather for Apartments {
    fn row(&mut self, row: &mut Row<'_>, ctx: &Context<'_>) {
        if let Some(key) = row.word_of("apartment_type_id") {
            self.seen
                .once(&key, "apartment_type_id", row.line, row.found);
        }
        let provenance = row.provenance();
        let project = project(row, ctx, provenance.as_ref());
        self.types
            .extend(kind_of_apartment(row, project.as_ref(), provenance));
        if let Some(project) = project {
            self.note_project(row, project);
        }
    }

    fn finish(self: Box<Self>, _: &Context<'_>, _: &mut Found) -> Batch {
        Batch::Apartments {
            projects: self.projects.into_values().map(|(p, _)| p).collect(),
            types: self.types,
        }
    }
}
