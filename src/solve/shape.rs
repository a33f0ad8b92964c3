//! Which resources are packed (convexified exactly) and which are only priced.
//!
//! A packed resource is a floor: its capacity holds exactly in the pricing problem, so that its
//! leftovers and its whole-floor lettings cost nothing in the bound. Packed resources that some
//! option uses together form a block (a building); each option touches at most one block. All
//! other resources (quotas, reserves, pools of apartments) are priced.
//!
//! Chosen greedily, resources of few options first: a resource is packed if no demand is lodged in
//! it, options that use it with others are at one site and take a good [`SHARE`] of it, and its
//! block stays within [`BLOCK_FLOORS`] floors and [`BLOCK_MULTIS`] options that use several.
//! Source: Dantzig and Wolfe 1960; for generalized assignment Savelsbergh 1997.
//! Not here: the value of a block (`block`), prices (`lagrange`).

use super::problem::{Problem, at, small};

/// Most floors of a block.
const BLOCK_FLOORS: usize = 40;
/// Most options of a block that use several of its floors.
const BLOCK_MULTIS: usize = 4000;
/// Options that use several packed resources take at least this share of it on average: of
/// floors they do, of a quota they do not.
const SHARE: f64 = 0.6;

/// A packed resource.
pub(super) struct Floor {
    pub(super) capacity: i64,
    /// Options that use this floor alone, agents together: option and amount.
    pub(super) singles: Vec<(u32, i64)>,
}

/// An option that uses several floors of one block.
pub(super) struct Multi {
    pub(super) option: u32,
    /// Floor of the block by position and amount, rising.
    pub(super) uses: Vec<(u32, i64)>,
}

/// Floors that some options use together.
pub(super) struct Block {
    /// The packed resources, in the order of the floors.
    pub(super) resources: Vec<u32>,
    pub(super) floors: Vec<Floor>,
    /// By first floor.
    pub(super) multis: Vec<Multi>,
}

/// The problem seen as blocks and prices.
pub(super) struct Shape {
    pub(super) packed: Vec<bool>,
    pub(super) blocks: Vec<Block>,
    /// Block of each option, or [`NONE`](super::problem::NONE).
    pub(super) block: Vec<u32>,
    /// Whether the agent has an option in a block.
    pub(super) housed: Vec<bool>,
    priced_first: Vec<u32>,
    priced: Vec<(u32, f64)>,
}

impl Shape {
    /// Packs what can be packed.
    pub(super) fn packed(problem: &Problem) -> Self {
        let groups = Groups::of(problem);
        Self::of(problem, groups.packed)
    }

    /// Packs nothing: every resource is priced (the firm-wise bound).
    pub(super) fn priced(problem: &Problem) -> Self {
        Self::of(problem, vec![false; problem.capacity.len()])
    }

    fn of(problem: &Problem, packed: Vec<bool>) -> Self {
        let mut shape = Self {
            blocks: Vec::new(),
            block: vec![super::problem::NONE; problem.options()],
            housed: vec![false; problem.agents()],
            priced_first: vec![0],
            priced: Vec::new(),
            packed,
        };
        let place = shape.found(problem);
        for o in 0..problem.options() {
            let uses = problem.uses(o);
            let open = uses.iter().filter(|u| !shape.packed[at(u.0)]);
            shape.priced.extend(open.map(|&(r, n)| (r, n as f64)));
            shape.priced_first.push(small(shape.priced.len()));
            shape.enter(problem, o, &place);
        }
        for block in &mut shape.blocks {
            block.multis.sort_by_key(|m| (m.uses[0].0, m.option));
        }
        shape
    }

    /// Lays out the blocks; returns block and position of each packed resource.
    fn found(&mut self, problem: &Problem) -> Vec<(u32, u32)> {
        let mut union = Union::new(self.packed.len());
        for o in 0..problem.options() {
            let mut inside = problem.uses(o).iter().filter(|u| self.packed[at(u.0)]);
            if let Some(first) = inside.next() {
                inside.for_each(|u| union.join(at(first.0), at(u.0)));
            }
        }
        let mut of_root = vec![super::problem::NONE; self.packed.len()];
        let mut place = vec![(super::problem::NONE, 0); self.packed.len()];
        for (r, slot) in place.iter_mut().enumerate() {
            if !self.packed[r] {
                continue;
            }
            let root = union.root(r);
            if of_root[root] == super::problem::NONE {
                of_root[root] = small(self.blocks.len());
                self.blocks.push(Block {
                    resources: Vec::new(),
                    floors: Vec::new(),
                    multis: Vec::new(),
                });
            }
            let block = &mut self.blocks[at(of_root[root])];
            *slot = (of_root[root], small(block.floors.len()));
            block.resources.push(small(r));
            let capacity = problem.capacity[r];
            block.floors.push(Floor {
                capacity,
                singles: Vec::new(),
            });
        }
        place
    }

    fn enter(&mut self, problem: &Problem, o: usize, place: &[(u32, u32)]) {
        let uses = problem.uses(o).iter().filter(|u| self.packed[at(u.0)]);
        let mut inside: Vec<(u32, i64)> = uses.map(|&(r, n)| (place[at(r)].1, n)).collect();
        let Some(&(first, _)) = problem.uses(o).iter().find(|u| self.packed[at(u.0)]) else {
            return;
        };
        let b = place[at(first)].0;
        self.block[o] = b;
        self.housed[at(problem.agent[o])] = true;
        let block = &mut self.blocks[at(b)];
        if let [(floor, n)] = inside[..] {
            block.floors[at(floor)].singles.push((small(o), n));
        } else {
            inside.sort_unstable();
            block.multis.push(Multi {
                option: small(o),
                uses: inside,
            });
        }
    }

    /// What an option uses of the priced resources.
    pub(super) fn priced_uses(&self, option: usize) -> &[(u32, f64)] {
        &self.priced[at(self.priced_first[option])..at(self.priced_first[option + 1])]
    }
}

/// Which resources may be packed.
struct Groups {
    packed: Vec<bool>,
}

impl Groups {
    fn of(problem: &Problem) -> Self {
        let n = problem.capacity.len();
        let mut users: Vec<Vec<u32>> = vec![Vec::new(); n];
        for o in 0..problem.options() {
            problem
                .uses(o)
                .iter()
                .for_each(|u| users[at(u.0)].push(small(o)));
        }
        let mut open: Vec<bool> = (0..n).map(|r| problem.binding[r]).collect();
        for demand in problem.stays.iter().flatten() {
            demand.pools.iter().for_each(|&p| open[at(p)] = false);
        }
        let mut order: Vec<usize> = (0..n)
            .filter(|&r| open[r] && !users[r].is_empty())
            .collect();
        order.sort_by_key(|&r| (users[r].len(), r));
        let mut union = Union::new(n);
        let (mut floors, mut multis) = (vec![1usize; n], vec![0usize; n]);
        let mut packed = vec![false; n];
        for r in order {
            let mut near: Vec<usize> = Vec::new();
            let (mut joint, mut share) = (0usize, 0.0);
            for &o in &users[r] {
                let inside = |u: &&(u32, i64)| packed[at(u.0)] || at(u.0) == r;
                let uses = problem.uses(at(o)).iter().filter(inside);
                let parts: Vec<&(u32, i64)> = uses.collect();
                if parts.len() < 2 {
                    continue;
                }
                joint += 1;
                let own: i64 = parts.iter().filter(|u| at(u.0) == r).map(|u| u.1).sum();
                share += own as f64 / problem.capacity[r] as f64;
                let others = parts.iter().filter(|u| at(u.0) != r);
                near.extend(others.map(|u| union.root(at(u.0))));
            }
            near.sort_unstable();
            near.dedup();
            let many = 1 + near.iter().map(|&g| floors[g]).sum::<usize>();
            let together = joint + near.iter().map(|&g| multis[g]).sum::<usize>();
            let thin = share < SHARE * joint as f64;
            let site = problem.site[at(users[r][0])];
            let apart = joint > 0 && users[r].iter().any(|&o| problem.site[at(o)] != site);
            if thin || apart || many > BLOCK_FLOORS || together > BLOCK_MULTIS {
                continue;
            }
            packed[r] = true;
            near.iter().for_each(|&g| union.join(g, r));
            let root = union.root(r);
            (floors[root], multis[root]) = (many, together);
        }
        Self { packed }
    }
}

/// Disjoint sets (Tarjan 1975), by halving.
pub(super) struct Union(Vec<u32>);

impl Union {
    pub(super) fn new(n: usize) -> Self {
        Self((0..n).map(small).collect())
    }

    pub(super) fn root(&mut self, mut x: usize) -> usize {
        while at(self.0[x]) != x {
            self.0[x] = self.0[at(self.0[x])];
            x = at(self.0[x]);
        }
        x
    }

    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        // The smaller position stays the root, so that the result does not depend on the order.
        self.0[a.max(b)] = small(a.min(b));
    }
}
