//! Most profit within one capacity, at most one item of an agent: multiple-choice knapsack.
//!
//! States are pairs (amount, profit), none beaten by another that uses no more and gains no less;
//! agent by agent each state takes one of the agent's items or none. For one capacity C only:
//! with any rate t >= 0 no filling is worth more than t C + sum over agents of
//! max(0, profit - t amount) (Lagrangian relaxation), so states and items that cannot reach a
//! filling already known are dropped (Dantzig 1957; Pisinger 1995). That sum is in floating point
//! and widened by more than its rounding can be, so nothing is dropped that could be best.
//!
//! A list longer than the limit is shortened by joining neighbours to (smaller amount, larger
//! profit): the profit may then be too large, never too small. So it stays an upper bound.
//! Profits are positive and their sum fits, which the caller proves.
//! Not here: items that use several resources (`certificate_frontier`).

/// An option that is worth something here.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// Position of the agent; items of an agent stand together.
    pub(super) agent: usize,
    /// At least 1.
    pub(super) amount: i64,
    /// At least 1.
    pub(super) profit: i128,
}

/// What is used, and the most profit it can give.
type State = (i64, i128);

/// Steps that may still be spent on exactness. When they are gone all lists are joined to one
/// state: no file can make the check run on for long.
pub(super) struct Work(u64);

impl Work {
    /// About ten seconds.
    pub(super) fn new() -> Self {
        Self(2_000_000_000)
    }

    /// Counts steps.
    pub(super) fn spend(&mut self, steps: usize) {
        self.0 = self
            .0
            .saturating_sub(u64::try_from(steps).unwrap_or(u64::MAX));
    }

    /// The limit of a list.
    pub(super) fn limit(&self, full: usize) -> usize {
        if self.0 == 0 { 1 } else { full }
    }
}

/// Longest list of states.
const LIMIT: usize = 20_000;

/// Most profit for every amount up to a capacity.
pub(super) fn table(items: &[Item], capacity: i64, work: &mut Work) -> Vec<State> {
    let mut list = vec![(0, 0)];
    for class in classes(items, capacity) {
        let mut next = list.clone();
        for item in &class {
            next = merged(&next, &list, item, capacity);
            work.spend(next.len());
        }
        list = next;
        shorten(&mut list, work.limit(LIMIT));
    }
    list
}

/// Most profit of a table within an amount.
pub(super) fn look(table: &[State], amount: i64) -> i128 {
    let fitting = table.partition_point(|s| s.0 <= amount);
    fitting.checked_sub(1).map_or(0, |k| table[k].1)
}

/// Items of each agent that fit and are not beaten by another of its own; amounts rise.
fn classes(items: &[Item], capacity: i64) -> Vec<Vec<Item>> {
    let classes = items.chunk_by(|a, b| a.agent == b.agent).map(|class| {
        let fitting = class.iter().filter(|i| i.amount <= capacity);
        let mut class: Vec<Item> = fitting.copied().collect();
        class.sort_unstable_by_key(|i| (i.amount, -i.profit));
        let mut best = 0;
        class.retain(|i| {
            let better = i.profit > best;
            best = best.max(i.profit);
            better
        });
        class
    });
    classes.filter(|c| !c.is_empty()).collect()
}

/// The unbeaten states of `one` and of `other` with the item added.
fn merged(one: &[State], other: &[State], item: &Item, capacity: i64) -> Vec<State> {
    let room = capacity - item.amount;
    let fitting = other.partition_point(|s| s.0 <= room);
    let mut plain = one.iter().copied().peekable();
    let more = |s: &State| (s.0 + item.amount, s.1 + item.profit);
    let mut added = other[..fitting].iter().map(more).peekable();
    let mut list: Vec<State> = Vec::with_capacity(one.len() + fitting);
    loop {
        let next = match (plain.peek(), added.peek()) {
            (Some(p), Some(a)) if (p.0, -p.1) <= (a.0, -a.1) => plain.next(),
            (_, Some(_)) => added.next(),
            _ => plain.next(),
        };
        let Some(next) = next else { return list };
        if list.last().is_none_or(|last| next.1 > last.1) {
            list.push(next);
        }
    }
}

/// Joins neighbours until the list is short enough.
fn shorten(list: &mut Vec<State>, limit: usize) {
    while list.len() > limit.max(1) {
        let pairs = list.chunks(2);
        let joined = pairs.map(|pair| (pair[0].0, pair[pair.len() - 1].1));
        *list = joined.collect();
    }
}

/// Most profit within a capacity.
pub(super) fn best(items: &[Item], capacity: i64, work: &mut Work) -> i128 {
    let classes = classes(items, capacity);
    work.spend(items.len());
    let largest = || classes.iter().filter_map(|c| c.last());
    let all: i128 = largest().map(|i| i128::from(i.amount)).sum();
    if all <= i128::from(capacity) {
        return largest().map(|i| i.profit).sum();
    }
    if let [class] = &classes[..] {
        return class.last().map_or(0, |i| i.profit);
    }
    let (rate, known) = fill(&classes, capacity);
    let agents = f64::from(u32::try_from(classes.len()).unwrap_or(u32::MAX));
    let sieve = Sieve {
        rate,
        capacity,
        known: known as f64 * (1.0 - (agents + 1e5) * 1e-14),
    };
    let list = sieve.states(&classes, work);
    list.last().map_or(known, |s| s.1.max(known))
}

/// A good filling: the steps along each agent's upper hull, steepest first (Sinha and Zoltners
/// 1979). Returns the rate of the first step that did not fit, and the profit.
fn fill(classes: &[Vec<Item>], capacity: i64) -> (f64, i128) {
    let mut steps: Vec<(f64, usize, usize)> = Vec::new();
    for (c, class) in classes.iter().enumerate() {
        steps.extend(hull(class).into_iter().map(|(rate, k)| (rate, c, k)));
    }
    steps.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut taken: Vec<State> = vec![(0, 0); classes.len()];
    let (mut left, mut rate) = (capacity, None);
    for (steep, c, k) in steps {
        let item = classes[c][k];
        let more = item.amount - taken[c].0;
        if more <= left {
            left -= more;
            taken[c] = (item.amount, item.profit);
        } else {
            rate = rate.or(Some(steep));
        }
    }
    // What is left goes to whoever gains most by exchanging its item.
    for (class, taken) in classes.iter().zip(&mut taken) {
        let fitting = class.partition_point(|i| i.amount - taken.0 <= left);
        if let Some(item) = fitting.checked_sub(1).map(|k| class[k])
            && item.profit > taken.1
        {
            left -= item.amount - taken.0;
            *taken = (item.amount, item.profit);
        }
    }
    let single = classes.iter().filter_map(|c| c.last()).map(|i| i.profit);
    let single = single.max().unwrap_or(0);
    let profit: i128 = taken.iter().map(|t| t.1).sum();
    (rate.unwrap_or(0.0), profit.max(single))
}

/// The items on the upper hull of (0, 0) and a class, each with the slope of the step to it.
fn hull(class: &[Item]) -> Vec<(f64, usize)> {
    let mut hull: Vec<(f64, usize)> = Vec::new();
    for (k, item) in class.iter().enumerate() {
        loop {
            let from = hull
                .last()
                .map_or((0, 0), |&(_, j)| (class[j].amount, class[j].profit));
            let slope = (item.profit - from.1) as f64 / (item.amount - from.0) as f64;
            if hull.last().is_some_and(|&(before, _)| before <= slope) {
                hull.pop();
            } else {
                hull.push((slope, k));
                break;
            }
        }
    }
    hull
}

/// Drops what cannot reach a known filling.
struct Sieve {
    rate: f64,
    capacity: i64,
    /// Profit of the filling, a little less.
    known: f64,
}

impl Sieve {
    /// Profit of a choice less what its amount costs at the rate.
    fn net(&self, state: State) -> f64 {
        state.1 as f64 - self.rate * state.0 as f64
    }

    /// All states that may be best.
    fn states(&self, classes: &[Vec<Item>], work: &mut Work) -> Vec<State> {
        let nets = classes.iter().map(|c| {
            let nets = c.iter().map(|i| self.net((i.amount, i.profit)));
            nets.fold(0.0, f64::max)
        });
        let nets: Vec<f64> = nets.collect();
        let all = self.rate * self.capacity as f64 + nets.iter().sum::<f64>();
        let mut kept: Vec<(f64, f64, Vec<State>)> = Vec::with_capacity(classes.len());
        for (class, &net) in classes.iter().zip(&nets) {
            let items = class.iter().map(|i| (i.amount, i.profit));
            let choices = std::iter::once((0, 0)).chain(items);
            let loss = |s: &State| net - self.net(*s);
            let choices: Vec<State> = choices.filter(|s| all - loss(s) >= self.known).collect();
            let losses = choices.iter().map(loss).filter(|&l| l > 0.0);
            kept.push((losses.fold(f64::INFINITY, f64::min), net, choices));
        }
        // Where a second choice costs most comes first, so that few states branch early.
        kept.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut ahead: f64 = kept.iter().map(|k| k.1).sum();
        let mut list = vec![(0, 0)];
        for (_, net, choices) in &kept {
            ahead -= net;
            list = self.extended(&list, choices, ahead, work);
        }
        list
    }

    /// Every state with every choice of one agent.
    fn extended(
        &self,
        list: &[State],
        choices: &[State],
        ahead: f64,
        work: &mut Work,
    ) -> Vec<State> {
        let mut next: Vec<State> = Vec::new();
        for &(amount, profit) in choices {
            let item = Item {
                agent: 0,
                amount,
                profit,
            };
            next = merged(&next, list, &item, self.capacity);
            work.spend(next.len());
        }
        let full = self.rate * self.capacity as f64;
        next.retain(|&s| self.net(s) + full + ahead >= self.known);
        shorten(&mut next, work.limit(LIMIT));
        next
    }
}
