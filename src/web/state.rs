//! What all requests share: the source, the words, the office, the gate, what is kept in memory.
//!
//! Not here: one request (`context`).

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use super::caller::Office;
use super::drawer::Drawer;
use super::limits::Gate;
use super::words::Words;
use crate::acts::books::fence::Fence;
use crate::acts::papers::press::Press;
use crate::acts::stock::Stock;
use crate::acts::vacancies::Shelf;
use crate::acts::view::source::BoardSource;
use crate::config::{Footer, Limits};

/// What all requests share.
#[derive(Clone)]
pub struct State {
    pub(super) source: Arc<dyn BoardSource>,
    pub(super) words: Arc<Words>,
    pub(super) base: String,
    pub(super) office: Option<Office>,
    streams: Arc<AtomicUsize>,
    gate: Arc<Gate>,
    pub(super) shelf: Arc<Shelf>,
    fence: Arc<Fence>,
    readers: Arc<AtomicUsize>,
    stock: Arc<Stock>,
    drawer: Arc<Drawer>,
    press: Option<Arc<Press>>,
    hosts: Arc<[String]>,
    pub(super) footer: Arc<Footer>,
}

impl State {
    /// State over a source. `base` is brought to the form `/a/b` or empty.
    pub fn new(source: Arc<dyn BoardSource>, base: &str) -> State {
        let trimmed = base.trim_matches('/');
        State {
            source,
            words: Arc::new(Words::new()),
            base: match trimmed {
                "" => String::new(),
                path => format!("/{path}"),
            },
            office: None,
            gate: Arc::new(Gate::new(Vec::new(), Limits::default())),
            streams: Arc::default(),
            shelf: Arc::default(),
            fence: Arc::new(Fence::None),
            readers: Arc::default(),
            stock: Arc::default(),
            drawer: Arc::default(),
            press: None,
            hosts: Arc::default(),
            footer: Arc::default(),
        }
    }

    /// The same state with an office, so that acts can be asked.
    #[must_use]
    pub fn with_office(self, office: Office) -> State {
        State {
            office: Some(office),
            ..self
        }
    }

    /// The same state with another gate.
    #[must_use]
    pub fn with_gate(self, gate: Gate) -> State {
        State {
            gate: Arc::new(gate),
            ..self
        }
    }

    /// The same state with further names of this host and with a footer.
    #[must_use]
    pub fn with_frame(self, hosts: Vec<String>, footer: Footer) -> State {
        State {
            hosts: hosts.into(),
            footer: Arc::new(footer),
            ..self
        }
    }

    /// Further names of this host.
    pub fn hosts(&self) -> &[String] {
        &self.hosts
    }

    /// True in the home of a demonstration.
    pub fn is_demo(&self) -> bool {
        let tools = self.office.as_ref().and_then(|o| o.tools.as_ref());
        tools.is_some_and(|t| t.demo)
    }

    /// The same state with workbooks read elsewhere. Without it they are read in this process, which
    /// only tests may do: `serve` sets it.
    #[must_use]
    pub fn with_fence(self, fence: Fence) -> State {
        State {
            fence: Arc::new(fence),
            ..self
        }
    }

    /// The same state with a press for notices as PDF.
    #[must_use]
    pub fn with_press(self, press: Option<Press>) -> State {
        State {
            press: press.map(Arc::new),
            ..self
        }
    }

    /// The press for notices as PDF, if there is one.
    pub fn press(&self) -> Option<Arc<Press>> {
        self.press.clone()
    }

    /// Where workbooks are read.
    pub fn fence(&self) -> &Fence {
        &self.fence
    }

    /// How many workbooks are being read.
    pub fn readers(&self) -> &Arc<AtomicUsize> {
        &self.readers
    }

    /// Files that somebody looked at.
    pub fn drawer(&self) -> &Drawer {
        &self.drawer
    }

    /// The inventory, kept in memory.
    pub fn stock(&self) -> Arc<Stock> {
        Arc::clone(&self.stock)
    }

    /// Whom the door trusts, and how often one address may ask.
    pub fn gate(&self) -> &Gate {
        &self.gate
    }

    /// The office, if acts can be asked.
    pub fn office(&self) -> Option<Office> {
        self.office.clone()
    }

    /// The base path: empty, or beginning and not ending with `/`.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// How many streams of events are open.
    pub fn streams(&self) -> &Arc<AtomicUsize> {
        &self.streams
    }

    /// The source.
    pub fn source(&self) -> Arc<dyn BoardSource> {
        Arc::clone(&self.source)
    }
}
