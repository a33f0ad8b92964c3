//! Evidence of claims: what the firm filed, read by whoever sees the claim.

use zhuchao::acts::cases::evidence::Sent;
use zhuchao::acts::cases::profile_files;
use zhuchao::acts::money::{claims, evidence};
use zhuchao::acts::{Desk, refuse};
use zhuchao::domain::claim::Stated;
use zhuchao::domain::quota::QuotaMode;

use super::{HERE, PROOF, THERE, ask, code, grant, here, quota, signed, stated, well, yuan};
use crate::support::world::key;

#[test]
fn evidence_is_what_the_firm_filed_and_whoever_sees_the_claim_reads_it() {
    for town in here() {
        grant(&town, &quota(HERE, 2026), yuan(1_000), QuotaMode::ProRata);
        let mine = signed(&town, "F1", HERE, 100, 450);
        town.at("2026-07-01T09:00:00+08:00");
        let invented = Stated {
            evidence: vec!["f".repeat(64), PROOF.to_owned()],
            ..stated(&[4], 100)
        };
        let refused = claims::prepare(&town.preparer("F1"), &mine.id, 2026, &invented);
        let faults = refused.expect_err("nobody filed it").0;
        assert_eq!((faults.len(), faults[0].code), (1, refuse::UNFIT));
        assert_eq!(faults[0].place.column.as_deref(), Some("evidence"));
        let pdf = crate::acts::cases::PDF;
        let sent = Sent {
            kind: "rent_invoice",
            label: "发票.pdf",
            bytes: pdf,
        };
        let profile = profile_files::file(&town.preparer("F1"), &key("F1"), &sent).expect("filed");
        let digest = profile.evidence[0].digest.clone();
        let facts = Stated {
            evidence: vec![digest.clone()],
            ..stated(&[4], 100)
        };
        let claim = ask(&town, &mine, 2026, &facts).expect("claimed");
        for desk in [town.reviewer(HERE), town.firm("F1"), town.planner()] {
            let (file, bytes) = evidence::read(&desk, &claim.id, &digest).expect("his to read");
            assert_eq!(
                (file.kind.as_str(), bytes.as_slice()),
                ("rent_invoice", pdf)
            );
        }
        let other = |desk: Desk| code(evidence::read(&desk, &claim.id, &digest));
        assert_eq!(
            other(town.reviewer(THERE)),
            refuse::NOT_YOURS,
            "{}",
            town.name
        );
        assert_eq!(other(town.firm("F2")), refuse::NOT_YOURS);
        let unnamed = evidence::read(&town.reviewer(HERE), &claim.id, PROOF);
        assert_eq!(code(unnamed), refuse::ABSENT, "the claim does not name it");
        well(&town);
    }
}
