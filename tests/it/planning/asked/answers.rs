//! Every kind of answer in words, of the fixed city, in both languages: what an official reads.

use zhuchao::domain::ids::ApplicationId;
use zhuchao::domain::money::Fen;
use zhuchao::planning::ask::footing::Footing;
use zhuchao::planning::conflict::find;
use zhuchao::planning::conflict::piece::Board;
use zhuchao::planning::disrupt::{Event, frontier};
use zhuchao::planning::fair::report::report;
use zhuchao::planning::fair::table::table;
use zhuchao::planning::foil::{self, Demand};
use zhuchao::planning::front::{front, next_yuan};
use zhuchao::planning::inverse::building::{opened, twin};
use zhuchao::planning::inverse::freed::{Depth, freed};
use zhuchao::planning::inverse::more::{More, rank};
use zhuchao::planning::why::book::Text;
use zhuchao::planning::why::name::Names;
use zhuchao::planning::words;

use super::super::city;
use super::city::{Planned, effort, go, planned};
use crate::support::world::key;

fn give(application: &str, unit: &str) -> Demand {
    Demand::Give {
        application: key(application),
        unit: key(unit),
    }
}

fn place(application: &str) -> Demand {
    Demand::Place {
        application: key(application),
    }
}

fn within(application: &str, district: &str) -> Demand {
    Demand::District {
        application: key(application),
        district: key(district),
    }
}

fn keep(application: &str) -> Demand {
    Demand::Keep {
        application: key(application),
    }
}

/// Questions with their answers, one after the other.
struct Pad<'a> {
    planned: &'a Planned,
    footing: Footing<'a>,
    said: Vec<(String, Vec<Text>)>,
}

impl<'a> Pad<'a> {
    fn of(planned: &'a Planned) -> Pad<'a> {
        Pad {
            planned,
            footing: planned.footing(),
            said: Vec::new(),
        }
    }

    fn names(&self) -> Names<'a> {
        Names {
            snapshot: &self.planned.snapshot,
            policy: &self.planned.built.policy,
        }
    }

    fn say(&mut self, question: &str, told: Vec<Text>) {
        self.said.push((question.to_owned(), told));
    }

    fn foils(&mut self) {
        let quote = self.footing.quote().expect("prices");
        for (question, asked) in [
            ("give A1 to F1", vec![give("AP-F1", "A1")]),
            ("place F7", vec![place("AP-F7")]),
            (
                "place F7 and let F6 keep its place",
                vec![place("AP-F7"), keep("AP-F6")],
            ),
            ("G2 to 440310", vec![within("AP-G2", "440310")]),
            ("F4 keeps", vec![keep("AP-F4")]),
            ("give B3 to F9", vec![give("AP-F9", "B3")]),
        ] {
            let quick = foil::screen(&self.footing, &quote, &asked, &effort(), &go());
            let told = words::foil::screened(&self.names(), &quick.expect("a screening"));
            self.say(&format!("{question}, quickly"), told);
            let answer = foil::ask(&self.footing, &quote, &asked, &effort(), &go());
            let told = words::foil::answered(&self.names(), &answer.expect("an answer"));
            self.say(question, told);
        }
    }

    fn inverses(&mut self) {
        let depth = Depth {
            most: 10,
            exact: true,
            effort: effort(),
        };
        for unit in ["B3", "A4", "A1"] {
            let answer = freed(&self.footing, &key(unit), &depth, &go()).expect("an answer");
            let told = words::inverse::freed(&answer, 10);
            self.say(&format!("{unit} given back"), told);
        }
        let more = [
            More::Quota {
                district: key("440305"),
                amount: Fen(5_000_000),
            },
            More::Apartments {
                apartment: self.planned.snapshot.inventory.apartments[0].id.clone(),
                count: 3,
            },
        ];
        let gains = rank(&self.footing, &more, (2, &effort()), &go()).expect("gains");
        let told = words::inverse::more(&self.names(), &gains);
        self.say("more money, more homes", told);
        let inventory = &self.planned.snapshot.inventory;
        let more = twin(inventory, inventory.buildings[0].id.as_str()).expect("a twin");
        let answer = opened(&self.footing, more, &effort(), &go()).expect("an answer");
        self.say("a second building", words::inverse::opened(&answer));
    }

    fn conflicts(&mut self) {
        for (question, asked) in [
            (
                "F7 and F6 both in B3",
                vec![give("AP-F7", "B3"), give("AP-F6", "B3")],
            ),
            ("F9 in A1", vec![give("AP-F9", "A1")]),
            ("F1 and F2 placed", vec![place("AP-F1"), place("AP-F2")]),
            (
                "all of the first firms in A4",
                vec![
                    give("AP-F2", "A4"),
                    give("AP-F3", "A4"),
                    give("AP-G1", "A4"),
                ],
            ),
        ] {
            let planned = self.planned;
            let keeps = |id: &ApplicationId| {
                let case = planned.built.cases.iter().find(|c| c.application == *id)?;
                foil::demand::has(&self.footing, case)
            };
            let board = Board::of(&planned.snapshot, &planned.built, &asked, &keeps);
            let answer = find(&board.expect("a board"), &effort(), &go()).expect("an answer");
            let told = words::conflict::found(&self.names(), &answer);
            self.say(question, told);
        }
    }

    fn changes(&mut self) {
        for (question, event) in [
            ("A4 is lost", Event::Lost { unit: key("A4") }),
            (
                "F2 withdraws",
                Event::Withdrawn {
                    application: key("AP-F2"),
                },
            ),
            (
                "the objection of F7 is upheld",
                Event::Must {
                    demand: place("AP-F7"),
                },
            ),
        ] {
            let answer = frontier(&self.footing, &[event], (5, &effort()), &go());
            let told = words::frontier::frontier(&answer.expect("a frontier"));
            self.say(question, told);
        }
    }

    fn figures(&mut self) {
        let planned = self.planned;
        let envy = report(&self.footing).expect("a report");
        self.say(
            "who could complain",
            words::envy::report(&self.names(), &envy, 2),
        );
        let rows = table(&planned.snapshot, &planned.built, &effort(), &go()).expect("a table");
        self.say("fairness", words::fair::table(&rows));
        let steps = front(&self.footing, &[0, 5_000, 10_000, 15_000], &effort(), &go());
        self.say("money", words::money::front(&steps.expect("a front")));
        let next = next_yuan(&self.footing, &[1_000, 5_000], &effort(), &go());
        let told = words::money::next(&self.names(), &next.expect("values"));
        self.say("the next yuan", told);
    }
}

/// All answers in one language.
fn told(zh: bool) -> String {
    let planned = planned(city::snapshot());
    let mut pad = Pad::of(&planned);
    pad.foils();
    pad.inverses();
    pad.conflicts();
    pad.changes();
    pad.figures();
    let mut text = String::new();
    for (question, told) in pad.said {
        text.push_str(&format!("{question}?\n"));
        for sentence in told {
            let said = if zh { sentence.zh } else { sentence.en };
            assert!(!said.contains(['{', '}']), "a hole is left: {said}");
            text.push_str(&format!("  {said}\n"));
        }
    }
    text
}

#[test]
fn an_official_reads_every_answer_in_chinese() {
    insta::assert_snapshot!(told(true));
}

#[test]
fn an_official_reads_every_answer_in_english() {
    insta::assert_snapshot!(told(false));
}
