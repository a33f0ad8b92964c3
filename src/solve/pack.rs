//! Best profit of one floor for every amount of it: a multiple-choice knapsack by lists.
//!
//! States are pairs (amount, profit) of which none is beaten by another that uses no more and gains
//! no less; each agent adds at most one of its options. Source: Nemhauser and Ullmann 1969, with
//! classes as in Dudzinski and Walukiewicz 1987. If a list grows beyond [`LIMIT`], neighbours are
//! joined to (smaller amount, larger profit): the profit stays an upper bound.
//! Not here: options that use several floors (`block`).

/// Longest list of states.
const LIMIT: usize = 20_000;
/// No node: the empty floor.
const ROOT: u32 = u32::MAX;

/// One item: an option that is worth something here.
#[derive(Clone, Copy)]
pub(super) struct Item {
    pub(super) agent: u32,
    pub(super) option: u32,
    pub(super) amount: i64,
    pub(super) profit: f64,
}

#[derive(Clone, Copy)]
struct Node {
    amount: i64,
    profit: f64,
    option: u32,
    parent: u32,
}

/// Buffers of one thread; the states of all floors of a block lie in one arena.
#[derive(Default)]
pub(super) struct Packer {
    nodes: Vec<Node>,
    list: Vec<u32>,
    next: Vec<u32>,
    tables: Vec<u32>,
    starts: Vec<u32>,
    classes: Vec<(f64, u32, u32)>,
}

impl Packer {
    /// Forgets all floors.
    pub(super) fn clear(&mut self) {
        self.nodes.clear();
        self.tables.clear();
        self.starts.clear();
        self.starts.push(0);
    }

    /// Adds a floor; `items` are sorted by agent. Floors are numbered in the order of the calls.
    /// With `whole` only the whole capacity will be asked for, so that states which cannot lead to
    /// the best filling are dropped: profit + best rate of the agents to come x what is left stays
    /// below a greedy filling (Dantzig 1957).
    pub(super) fn floor(&mut self, capacity: i64, items: &[Item], whole: bool) {
        self.list.clear();
        let empty = self.node(0, 0.0, ROOT, ROOT);
        self.list.push(empty);
        let lower = self.sort(capacity, items) - 1e-9;
        let classes = std::mem::take(&mut self.classes);
        for (k, &(_, from, to)) in classes.iter().enumerate() {
            self.class(capacity, &items[from as usize..to as usize]);
            if whole && self.list.len() > 8 {
                let rate = classes.get(k + 1).map_or(0.0, |c| c.0);
                let nodes = &self.nodes;
                self.list.retain(|&n| {
                    let node = nodes[n as usize];
                    node.profit + rate * (capacity - node.amount) as f64 >= lower
                });
            }
        }
        self.classes = classes;
        self.tables.extend_from_slice(&self.list);
        self.starts.push(len(self.tables.len()));
    }

    /// Puts the agents in the order of their best rate; returns the profit of a greedy filling.
    fn sort(&mut self, capacity: i64, items: &[Item]) -> f64 {
        self.classes.clear();
        let mut from = 0;
        for class in items.chunk_by(|a, b| a.agent == b.agent) {
            let rate = class
                .iter()
                .map(|i| i.profit / i.amount as f64)
                .fold(0.0, f64::max);
            self.classes
                .push((rate, len(from), len(from + class.len())));
            from += class.len();
        }
        self.classes
            .sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        let (mut left, mut profit, mut single) = (capacity, 0.0, 0.0f64);
        for &(_, from, to) in &self.classes {
            let class = &items[from as usize..to as usize];
            let fitting = class.iter().filter(|i| i.amount <= left);
            if let Some(best) = fitting.max_by(|x, y| x.profit.total_cmp(&y.profit)) {
                left -= best.amount;
                profit += best.profit.max(0.0);
            }
            let alone = class
                .iter()
                .filter(|i| i.amount <= capacity)
                .map(|i| i.profit);
            single = alone.fold(single, f64::max);
        }
        profit.max(single)
    }

    fn node(&mut self, amount: i64, profit: f64, option: u32, parent: u32) -> u32 {
        self.nodes.push(Node {
            amount,
            profit,
            option,
            parent,
        });
        len(self.nodes.len() - 1)
    }

    /// Lets one agent take one of its items or none.
    fn class(&mut self, capacity: i64, class: &[Item]) {
        let old = std::mem::take(&mut self.list);
        let mut current = old.clone();
        for item in class
            .iter()
            .filter(|i| i.amount <= capacity && i.profit > 0.0)
        {
            self.merge(&current, &old, item, capacity);
            std::mem::swap(&mut current, &mut self.next);
        }
        self.list = current;
        if self.list.len() > LIMIT {
            self.thin();
        }
    }

    /// `next` = the unbeaten states of `current` and of `old` with the item added.
    fn merge(&mut self, current: &[u32], old: &[u32], item: &Item, capacity: i64) {
        self.next.clear();
        let (mut i, mut j) = (0, 0);
        let mut best = f64::NEG_INFINITY;
        while i < current.len() || j < old.len() {
            let plain = current.get(i).map(|&k| self.nodes[k as usize]);
            let shifted = old.get(j).map(|&k| {
                let n = self.nodes[k as usize];
                (n.amount + item.amount, n.profit + item.profit)
            });
            let shifted = shifted.filter(|s| s.0 <= capacity);
            let first = match (plain, shifted) {
                (None, None) => break,
                (Some(p), Some(s)) => p.amount < s.0 || (p.amount == s.0 && p.profit >= s.1),
                (p, _) => p.is_some(),
            };
            if let (true, Some(p)) = (first, plain) {
                if p.profit > best {
                    best = p.profit;
                    self.next.push(current[i]);
                }
                i += 1;
            } else if let Some(s) = shifted {
                if s.1 > best {
                    best = s.1;
                    let node = self.node(s.0, s.1, item.option, old[j]);
                    self.next.push(node);
                }
                j += 1;
            }
        }
    }

    /// Joins pairs of neighbours, optimistically.
    fn thin(&mut self) {
        let list = std::mem::take(&mut self.list);
        for pair in list.chunks(2) {
            let (low, high) = (
                self.nodes[pair[0] as usize],
                self.nodes[pair[pair.len() - 1] as usize],
            );
            let node = self.node(low.amount, high.profit, high.option, high.parent);
            self.list.push(node);
        }
    }

    /// Best profit of a floor within an amount, and the state that has it.
    pub(super) fn best(&self, floor: usize, amount: i64) -> (f64, u32) {
        let table = &self.tables[self.starts[floor] as usize..self.starts[floor + 1] as usize];
        let fitting = table.partition_point(|&k| self.nodes[k as usize].amount <= amount);
        match fitting.checked_sub(1) {
            Some(k) => (self.nodes[table[k] as usize].profit, table[k]),
            None => (0.0, ROOT),
        }
    }

    /// Adds the options of a state to a list.
    pub(super) fn options(&self, mut state: u32, found: &mut Vec<u32>) {
        while state != ROOT {
            let node = self.nodes[state as usize];
            if node.option != ROOT {
                found.push(node.option);
            }
            state = node.parent;
        }
    }
}

fn len(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
