//! Apartments for given choices: the best distribution, exactly.
//!
//! All apartments of a demand are worth the same wherever they are, so the sets of demands that can
//! be housed together form a matroid (a gammoid) and the greedy order by value is optimal, provided
//! that room is made by moving others to another of their pools (augmenting paths). Source: Rado
//! 1957; Edmonds 1971. Not here: which site an agent is at.

use super::problem::{NONE, Problem, at, small};
use super::standing::Standing;

/// A demand of a placed agent.
struct Guest {
    agent: u32,
    demand: u32,
    value: i64,
}

/// Deals all apartments anew.
pub(super) fn deal(problem: &Problem, standing: &mut Standing) {
    let mut guests: Vec<Guest> = Vec::new();
    for a in 0..problem.agents() {
        let o = standing.option[a];
        if o == NONE {
            continue;
        }
        let old = std::mem::take(&mut standing.grants[a]);
        let demands = problem.demands(at(o));
        for (d, p, n) in old {
            standing.free[at(p)] += n;
            standing.value -= n * demands[at(d)].value;
        }
        let of = demands.iter().enumerate();
        guests.extend(of.map(|(d, demand)| Guest {
            agent: small(a),
            demand: small(d),
            value: demand.value,
        }));
    }
    guests.sort_by(|x, y| {
        y.value
            .cmp(&x.value)
            .then(x.agent.cmp(&y.agent))
            .then(x.demand.cmp(&y.demand))
    });
    let mut house = House {
        problem,
        inside: vec![Vec::new(); problem.capacity.len()],
        from: vec![NONE; problem.capacity.len()],
        via: vec![NONE; problem.capacity.len()],
        seen: vec![0; problem.capacity.len()],
        round: 0,
        queue: Vec::new(),
    };
    for (g, guest) in guests.iter().enumerate() {
        let demand = &problem.demands(at(standing.option[at(guest.agent)]))[at(guest.demand)];
        let mut rest = demand.need;
        while rest > 0 {
            let room = house.admit(standing, &guests, small(g), rest);
            if room == 0 {
                break;
            }
            rest -= room;
        }
    }
    house.write(standing, &guests);
}

struct House<'p> {
    problem: &'p Problem,
    /// Guests in each pool with their counts.
    inside: Vec<Vec<(u32, i64)>>,
    from: Vec<u32>,
    via: Vec<u32>,
    seen: Vec<u32>,
    round: u32,
    queue: Vec<u32>,
}

impl House<'_> {
    fn pools(&self, standing: &Standing, guest: &Guest) -> &[u32] {
        let option = at(standing.option[at(guest.agent)]);
        &self.problem.demands(option)[at(guest.demand)].pools
    }

    /// Houses up to `most` of a guest, moving others if need be; returns how many.
    fn admit(&mut self, standing: &mut Standing, guests: &[Guest], g: u32, most: i64) -> i64 {
        self.round += 1;
        self.queue.clear();
        for &p in self.pools(standing, &guests[at(g)]).to_vec().iter() {
            self.visit(p, NONE, g);
        }
        let mut next = 0;
        while next < self.queue.len() {
            let p = self.queue[next];
            next += 1;
            if standing.free[at(p)] > 0 {
                return self.augment(standing, g, p, most);
            }
            for k in 0..self.inside[at(p)].len() {
                let (h, n) = self.inside[at(p)][k];
                if n > 0 {
                    for &q in self.pools(standing, &guests[at(h)]).to_vec().iter() {
                        self.visit(q, p, h);
                    }
                }
            }
        }
        0
    }

    fn visit(&mut self, pool: u32, from: u32, via: u32) {
        if self.seen[at(pool)] != self.round {
            self.seen[at(pool)] = self.round;
            self.from[at(pool)] = from;
            self.via[at(pool)] = via;
            self.queue.push(pool);
        }
    }

    fn augment(&mut self, standing: &mut Standing, g: u32, end: u32, most: i64) -> i64 {
        let mut amount = most.min(standing.free[at(end)]);
        let mut p = end;
        while self.from[at(p)] != NONE {
            let (before, h) = (self.from[at(p)], self.via[at(p)]);
            amount = amount.min(self.count(before, h));
            p = before;
        }
        let mut p = end;
        loop {
            let (before, h) = (self.from[at(p)], self.via[at(p)]);
            self.add(p, h, amount);
            if before == NONE {
                break;
            }
            self.add(before, h, -amount);
            p = before;
        }
        debug_assert_eq!(self.via[at(p)], g, "the path begins with the guest");
        standing.free[at(end)] -= amount;
        amount
    }

    fn count(&self, pool: u32, guest: u32) -> i64 {
        self.inside[at(pool)]
            .iter()
            .find(|x| x.0 == guest)
            .map_or(0, |x| x.1)
    }

    fn add(&mut self, pool: u32, guest: u32, amount: i64) {
        match self.inside[at(pool)].iter_mut().find(|x| x.0 == guest) {
            Some(x) => x.1 += amount,
            None => self.inside[at(pool)].push((guest, amount)),
        }
    }

    fn write(&self, standing: &mut Standing, guests: &[Guest]) {
        for (p, inside) in self.inside.iter().enumerate() {
            for &(g, n) in inside.iter().filter(|x| x.1 > 0) {
                let guest = &guests[at(g)];
                standing.grants[at(guest.agent)].push((guest.demand, small(p), n));
                standing.value += n * guest.value;
            }
        }
    }
}
