//! Import after export is the identity, whatever the texts hold; and no exported cell is live.

use proptest::prelude::{ProptestConfig, Strategy, any, prop, prop_oneof, proptest};

use zhuchao::acts::books::lists::Lists;
use zhuchao::acts::books::template;
use zhuchao::domain::area::{Area, Share};
use zhuchao::domain::evidence::Provenance;
use zhuchao::domain::housing::Layout;
use zhuchao::domain::money::{Fen, Rate};
use zhuchao::domain::place::{Located, Position, Precision};
use zhuchao::domain::quota::QuotaMode;
use zhuchao::domain::space::{Division, Hazard};
use zhuchao::intake::cell::{escape, is_live, unescape};
use zhuchao::intake::columns;
use zhuchao::intake::workbook::open;
use zhuchao::intake::write::rows;
use zhuchao::intake::{Batch, Kind, Limits};

use super::stubs::{read_csv, read_sheet, table};

/// Random stuff that a batch is made of.
#[derive(Debug, Clone)]
struct Dice {
    texts: [String; 4],
    number: u32,
    micro: (i32, i32),
    some: bool,
}

impl Dice {
    fn provenance(&self, p: &mut Provenance) {
        p.source.clone_from(&self.texts[0]);
        p.note.clone_from(&self.texts[1]);
    }

    fn name(&self) -> String {
        format!("{}名", self.texts[2])
    }

    fn located(&self) -> Option<Located> {
        self.some.then(|| Located {
            position: Position::try_from(self.micro).expect("in range"),
            precision: Precision::District,
            accuracy_m: self.number,
        })
    }

    fn rate(&self) -> Rate {
        Rate::new(i64::from(self.number)).expect("positive")
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[^\\x00]{0,12}",
        "'{0,3}[-=+@\t\r][0-9.,;\"\n\r a名]{0,6}",
        "-[0-9]{1,3}(\\.[0-9]{1,2})?",
        " {0,2}[\",;\r\n']{0,4} {0,2}",
    ]
}

fn dice() -> impl Strategy<Value = Dice> {
    let micro = (113_000_000..114_900_000_i32, 22_000_000..23_000_000_i32);
    let texts = [text(), text(), text(), text()];
    (texts, any::<u32>(), micro, any::<bool>()).prop_map(|(texts, number, micro, some)| Dice {
        texts,
        number,
        micro,
        some,
    })
}

/// A good batch of a kind with random texts and values in it.
fn randomised(kind: Kind, dice: &Dice) -> Batch {
    let second = match kind {
        Kind::Lines => vec![("seq", "2"), ("station_id", "M002")],
        Kind::Clusters => vec![
            ("row_kind", "cluster"),
            ("id", "C1"),
            ("suggested_fields", "K1"),
        ],
        _ => Vec::new(),
    };
    let rows: Vec<&[(&str, &str)]> = match second.is_empty() {
        true => vec![&[]],
        false => vec![&[], &second],
    };
    let report = read_csv(kind, table(kind, &rows).as_bytes());
    let mut batch = report.into_batch().expect("a good file");
    change_ground(&mut batch, dice);
    change_space(&mut batch, dice);
    change_people(&mut batch, dice);
    batch
}

fn change_ground(batch: &mut Batch, dice: &Dice) {
    match batch {
        Batch::Districts(all) => {
            all[0].name_zh = dice.name();
            all[0].name_en.clone_from(&dice.texts[3]);
        }
        Batch::Stations(all) => {
            all[0].name_zh = dice.name();
            all[0].position = Position::try_from(dice.micro).expect("in range");
        }
        Batch::Lines(all) => {
            let first = all[0].stations[0].clone();
            all[0].stations.push(first);
            all[0].name = dice.name();
        }
        Batch::Clusters(all) => {
            all[0].name_zh = dice.name();
            all[1].name_en.clone_from(&dice.texts[3]);
            all[1].located = dice.located();
        }
        Batch::Sites(all) => {
            all[0].name_zh = dice.name();
            all[0].address.clone_from(&dice.texts[3]);
            all[0].located = dice.located();
            dice.provenance(&mut all[0].provenance);
        }
        _ => {}
    }
}

fn change_space(batch: &mut Batch, dice: &Dice) {
    match batch {
        Batch::Units { floors, units, .. } => {
            floors[0].one_tenant = dice.some;
            let unit = &mut units[0];
            unit.room.clone_from(&dice.texts[3]);
            unit.area = Area(i64::from(dice.number) + 1);
            unit.technical.clear_height_mm = dice.some.then_some(dice.number);
            unit.technical.hazard = dice.some.then_some(Hazard::A);
            if dice.some {
                unit.rent = None;
                unit.lease_months = None;
                let smallest_lot = unit.area;
                unit.division = Division::Divisible { smallest_lot };
            }
            dice.provenance(&mut unit.provenance);
        }
        Batch::Apartments { projects, types } => {
            projects[0].name_zh = dice.name();
            projects[0].provenance.source.clone_from(&dice.texts[0]);
            types[0].layout = Layout::DormBed;
            types[0].count = dice.number;
            types[0].rent = dice.some.then(|| dice.rate());
            dice.provenance(&mut types[0].provenance);
        }
        _ => {}
    }
}

fn change_people(batch: &mut Batch, dice: &Dice) {
    match batch {
        Batch::Firms(all) => {
            let firm = &mut all[0];
            firm.name_zh = dice.name();
            firm.headcount = dice.number;
            firm.revenue = dice.some.then_some(Fen(i64::from(dice.number)));
            firm.rd_share = Share::new(i64::from(dice.number % 10_001)).ok();
            dice.provenance(&mut firm.provenance);
        }
        Batch::Applications(all) => {
            let application = &mut all[0];
            application.area_max = Area(75_000 + i64::from(dice.number));
            application.rent_cap = dice.some.then(|| dice.rate());
            application.needs.power_a = Some(dice.number);
            application.max_minutes = dice.some.then_some(dice.number);
            application.wants_subsidy = dice.some;
            dice.provenance(&mut application.provenance);
        }
        Batch::Quotas(all) => {
            all[0].amount = Fen(i64::from(dice.number));
            all[0].mode = QuotaMode::Hard;
            dice.provenance(&mut all[0].provenance);
        }
        _ => {}
    }
}

fn exported(batch: &Batch) -> Vec<u8> {
    let mut bytes = Vec::new();
    zhuchao::intake::write::csv(batch, &mut bytes).expect("memory");
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn import_after_export_is_the_identity(dice in dice()) {
        for kind in Kind::ALL {
            let batch = randomised(kind, &dice);
            let report = read_csv(kind, &exported(&batch));
            assert_eq!(report.into_batch().expect("an export is a good file"), batch);
        }
    }

    #[test]
    fn a_workbook_comes_back_as_it_went_out(dice in dice()) {
        for kind in Kind::ALL {
            let batch = randomised(kind, &dice);
            let rows = rows(&batch).expect("memory");
            let book = template::book(kind, &rows, &Lists::new()).expect("a workbook");
            let sheet = open(&book, &Limits::default()).expect("our own workbook");
            assert_eq!(sheet.stamps.len(), rows.len());
            let report = read_sheet(kind, &sheet);
            assert_eq!(report.into_batch().expect("an export is a good file"), batch);
        }
    }

    #[test]
    fn unescape_undoes_escape(text in text()) {
        let cell = escape(&text);
        assert!(!is_live(&cell));
        assert_eq!(unescape(&cell), text);
    }

    #[test]
    fn plain_texts_are_left_alone(text in prop::string::string_regex("[a-z名0-9][^\\x00]{0,8}").expect("a pattern")) {
        assert_eq!(escape(&text), text);
    }
}

#[test]
fn the_header_is_the_whole_table() {
    for kind in Kind::ALL {
        let text = String::from_utf8(exported(&Batch::empty(kind))).expect("UTF-8");
        let names: Vec<&str> = columns::of(kind).iter().map(|c| c.name).collect();
        assert_eq!(text, format!("\u{feff}{}\r\n", names.join(",")));
    }
}
