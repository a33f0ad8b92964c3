//! Choices as columns of the model and back; what comes back is made feasible exactly.
//!
//! A solver's vector is feasible within tolerances only: options that do not fit exactly are left
//! out and grants are cut to what is left. Not here: the model (`milp_model`).

use super::instance::Instance;
use super::milp_model::Model;
use super::state::{Pick, State, add, at};

impl Model {
    /// The choices as a vector of columns; `None` if a choice was left out of the model.
    pub(super) fn encode(&self, state: &State) -> Option<Vec<f64>> {
        let mut x = vec![0.0; self.costs.len()];
        let mut placed = 0;
        let mut taken = vec![false; self.options.len()];
        for (c, &(a, k)) in self.options.iter().enumerate() {
            if state.picks[a].as_ref().is_some_and(|p| p.option == k) {
                x[c] = 1.0;
                taken[c] = true;
                placed += 1;
            }
        }
        for (g, grant) in self.grants.iter().enumerate() {
            let granted = (state.picks[grant.agent].iter())
                .filter(|_| grant.hosts.iter().any(|&c| taken[c]))
                .flat_map(|pick| &pick.grants[grant.demand])
                .find(|q| q.0 == grant.pool);
            x[self.options.len() + g] = granted.map_or(0.0, |q| q.1 as f64);
        }
        (placed == state.picks.iter().flatten().count()).then_some(x)
    }

    /// Options that a vector of columns takes: (agent, option), with the granted apartments.
    pub(super) fn decode<'i>(&self, instance: &'i Instance, x: &[f64]) -> State<'i> {
        let mut state = State::empty(instance);
        let mut grants: Vec<Vec<(usize, u32, i64)>> = vec![Vec::new(); instance.agents().len()];
        for (grant, &v) in self.grants.iter().zip(x.iter().skip(self.options.len())) {
            if v >= 0.5 {
                let count = v.round() as i64;
                grants[grant.agent].push((grant.demand, grant.pool, count));
            }
        }
        for (&(a, k), &v) in self.options.iter().zip(x) {
            if v > 0.5 && state.picks[a].is_none() {
                state.place_with(a, k, &grants[a]);
            }
        }
        for a in 0..state.picks.len() {
            state.top_up(a);
        }
        state
    }
}

impl State<'_> {
    /// Takes an option with stated apartments (demand, pool, count), as far as all of it fits.
    pub(super) fn place_with(&mut self, a: usize, option: usize, grants: &[(usize, u32, i64)]) {
        let agent = self.agent(a);
        let taken = &agent.options[option];
        if !self.fits(taken) {
            return;
        }
        for &(r, n) in &taken.uses {
            self.free[at(r)] -= n;
        }
        self.value += taken.value;
        let mut pick = Pick {
            option,
            grants: vec![Vec::new(); agent.lodging.len()],
        };
        for &(d, p, n) in grants {
            let demand = &agent.lodging[d];
            let open = demand
                .pools
                .get(&taken.site)
                .is_some_and(|l| l.contains(&p));
            let given: i64 = pick.grants[d].iter().map(|g| g.1).sum();
            let take = n.min(self.free[at(p)]).min(demand.need - given);
            if open && take > 0 {
                self.free[at(p)] -= take;
                self.value += take * demand.value;
                add(&mut pick.grants[d], p, take);
            }
        }
        self.picks[a] = Some(pick);
    }
}
