//! Which required agents are in each other's way: an irreducible set that cannot be placed together.
//!
//! Components (agents that share resources) are searched one by one. In a component that cannot be
//! placed, counting or the relaxation usually names a small part; QuickXplain (U. Junker, AAAI 2004)
//! halves what is left, which asks about k log(n/k) sets for a conflict of k among n agents; at last
//! every agent is left out once, and must turn the set into one that fits.
//!
//! The search runs in a thread of its own (HiGHS needs a deep stack and may be slow to stop). Not
//! here: whether one set fits (`milp_together`, `milp_placing`).

use super::instance::Instance;
use super::milp_crowd::Crowd;
use super::milp_placing;
use super::milp_together::{Judge, Verdict};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// Time between two looks at `over`.
const LOOK: Duration = Duration::from_millis(10);
/// Looks after `over` until the thread is left behind.
const GRACE: u32 = 40;
/// HiGHS recurses deeply in places.
const STACK: usize = 64 << 20;

/// Required agents that cannot all be placed together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Positions in the instance, ascending.
    pub agents: Vec<usize>,
    /// Whether the others can be placed if any one is left out; not known if false.
    pub irreducible: bool,
}

/// Required agents that cannot all be placed, of which none can be left out.
///
/// `None` if all required agents can be placed together, or if that, or whether the last agents can
/// be left out, was not decided within the limits or before `over` said so.
pub fn conflict(instance: &Instance, over: &dyn Fn() -> bool) -> Option<Vec<usize>> {
    let found = any_conflict(instance, over).filter(|c| c.irreducible);
    found.map(|c| c.agents)
}

/// Required agents that cannot all be placed: irreducible, or as few as the limits allowed.
///
/// `None` if all required agents can be placed together, or if that was not decided.
pub fn any_conflict(instance: &Instance, over: &dyn Fn() -> bool) -> Option<Conflict> {
    let crowd = Crowd::of(instance);
    if let Some(k) = crowd.ways.iter().position(Vec::is_empty) {
        return Some(Conflict {
            agents: vec![crowd.agent[k]],
            irreducible: true,
        });
    }
    if crowd.agent.is_empty() {
        return None;
    }
    let quit = Arc::new(AtomicBool::new(false));
    let (flag, (sender, receiver)) = (Arc::clone(&quit), channel());
    let work = move || {
        let over = || flag.load(Ordering::Relaxed);
        let _ = sender.send(search(&crowd, &over));
    };
    let thread = std::thread::Builder::new().name("conflict".to_owned());
    thread.stack_size(STACK).spawn(work).ok()?;
    let mut late = 0;
    loop {
        match receiver.recv_timeout(LOOK) {
            Ok(found) => return found,
            Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) if over() => {
                quit.store(true, Ordering::Relaxed);
                late += 1;
                if late > GRACE {
                    return None;
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

/// The conflict of the first component that is known to have one.
fn search(crowd: &Crowd, over: &dyn Fn() -> bool) -> Option<Conflict> {
    let components = crowd.components();
    let mut found = components.iter().filter_map(|set| {
        let mut judge = Judge::new(crowd, over);
        let broken = start(&mut judge, set)?;
        let order = unplaced_first(&mut judge, broken);
        let small = explain(&mut judge, &[], false, &order);
        Some(reduced(&mut judge, small))
    });
    let (set, irreducible) = found.next()?;
    let agents = set.into_iter().map(|k| crowd.agent[k]).collect();
    Some(Conflict {
        agents,
        irreducible,
    })
}

/// A broken part of a component: by counting, by the relaxation, or all of it.
fn start(judge: &mut Judge, set: &[usize]) -> Option<Vec<usize>> {
    if let Some(counted) = judge.crowd.counted(set) {
        return Some(counted);
    }
    match judge.quickly(set) {
        Verdict::Fits => return None,
        Verdict::Broken => return Some(set.to_vec()),
        Verdict::Open => {}
    }
    let suspects = milp_placing::suspects(judge.crowd, set, judge.over).unwrap_or_default();
    let part = !suspects.is_empty() && suspects.len() < set.len();
    if part && judge.judge(&suspects) == Verdict::Broken {
        return Some(suspects);
    }
    (judge.judge(set) == Verdict::Broken).then(|| set.to_vec())
}

/// The largest part that HiGHS can place is remembered; those left over are the first to be kept.
fn unplaced_first(judge: &mut Judge, set: Vec<usize>) -> Vec<usize> {
    if set.len() <= 4 {
        return set;
    }
    let Some(placed) = milp_placing::most(judge.crowd, &set, judge.over) else {
        return set;
    };
    judge.remember(&placed);
    let (mut rest, mut first) = (set.clone(), set);
    first.retain(|k| !placed.contains(k));
    rest.retain(|k| placed.contains(k));
    first.extend(rest);
    first
}

/// QuickXplain: the part of `set` that, with `kept`, is broken; `kept` with `set` is.
///
/// `grown` says that `kept` has grown since it was last asked about.
fn explain(judge: &mut Judge, kept: &[usize], grown: bool, set: &[usize]) -> Vec<usize> {
    if grown && judge.judge(&sorted(kept, &[])) == Verdict::Broken {
        return Vec::new();
    }
    if set.len() <= 1 {
        return set.to_vec();
    }
    let (first, second) = set.split_at(set.len() / 2);
    let from_second = explain(judge, &sorted(kept, first), true, second);
    let grown = !from_second.is_empty();
    let from_first = explain(judge, &sorted(kept, &from_second), grown, first);
    sorted(&from_first, &from_second)
}

/// Leaves out whoever can be left out; and whether that was decided for everybody.
fn reduced(judge: &mut Judge, mut set: Vec<usize>) -> (Vec<usize>, bool) {
    let mut decided = true;
    for k in set.clone() {
        let without: Vec<usize> = set.iter().copied().filter(|&j| j != k).collect();
        match judge.judge(&without) {
            Verdict::Fits => {}
            Verdict::Broken => set = without,
            Verdict::Open => decided = false,
        }
    }
    decided &= judge.judge(&set) == Verdict::Broken;
    (set, decided)
}

/// Both sets together, ascending.
fn sorted(one: &[usize], other: &[usize]) -> Vec<usize> {
    let mut all = [one, other].concat();
    all.sort_unstable();
    all
}
