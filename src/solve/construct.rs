//! First choices along prices.
//!
//! At good prices an agent's best net value says what it loses if it stays out, and each option's
//! slack (best net less its net) what is lost by taking it. Agents choose in the order of their best
//! net, required ones first; each takes its option of least slack that fits. What is left goes by
//! plain value. Not here: improvement (`anneal`, `paths`).

use super::problem::{Problem, at, small};
use super::standing::Standing;

/// Net value of every option at prices of all resources, and the best of each agent.
pub(super) struct Nets {
    pub(super) net: Vec<f64>,
    pub(super) best: Vec<f64>,
}

impl Nets {
    /// Net values at prices, apartments at their cheapest pools.
    pub(super) fn of(problem: &Problem, price: &[f64]) -> Self {
        let gain: Vec<f64> = problem
            .stays
            .iter()
            .map(|demands| stay_gain(problem, demands, price))
            .collect();
        let mut net = vec![0.0; problem.options()];
        let mut best = vec![f64::NEG_INFINITY; problem.agents()];
        for (o, net) in net.iter_mut().enumerate() {
            let cost: f64 = problem
                .uses(o)
                .iter()
                .map(|&(r, n)| price[at(r)] * n as f64)
                .sum();
            let stay = problem.stay[o];
            let lodged = if stay == super::problem::NONE {
                0.0
            } else {
                gain[at(stay)]
            };
            *net = problem.value[o] as f64 - cost + lodged;
            let a = at(problem.agent[o]);
            best[a] = best[a].max(*net);
        }
        Self { net, best }
    }
}

fn stay_gain(problem: &Problem, demands: &[super::problem::Demand], price: &[f64]) -> f64 {
    let mut sum = 0.0;
    for demand in demands {
        super::lagrange::grants(problem, demand, price, |p, n| {
            sum += (demand.value as f64 - price[p]) * n as f64
        });
    }
    sum
}

/// Choices along prices; required agents may be missing.
pub(super) fn construct(problem: &Problem, nets: &Nets) -> Standing {
    let mut standing = Standing::empty(problem);
    let mut order: Vec<(bool, f64, usize)> = (0..problem.agents())
        .map(|a| (problem.required[a], nets.best[a], a))
        .collect();
    order.sort_by(|x, y| y.0.cmp(&x.0).then(y.1.total_cmp(&x.1)).then(x.2.cmp(&y.2)));
    let mut list: Vec<(f64, usize)> = Vec::new();
    for &(required, best, a) in &order {
        list.clear();
        list.extend(
            problem
                .of_agent(a)
                .filter(|&o| standing.fits(problem, o))
                .map(|o| (nets.net[o], o)),
        );
        let top = list
            .iter()
            .copied()
            .max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
        if let Some((net, o)) = top
            && (required || net >= -0.1 * best.abs())
        {
            standing.place(problem, o);
        }
    }
    fill(problem, &mut standing);
    standing
}

/// Lets everybody who holds nothing take its best fitting option, the worthiest first.
pub(super) fn fill(problem: &Problem, standing: &mut Standing) {
    let mut pairs: Vec<(i64, u32)> = Vec::new();
    for a in (0..problem.agents()).filter(|&a| standing.option[a] == super::problem::NONE) {
        let fitting = problem.of_agent(a).filter(|&o| standing.fits(problem, o));
        pairs.extend(fitting.map(|o| (problem.value[o], small(o))));
    }
    pairs.sort_by(|x, y| y.0.cmp(&x.0).then(x.1.cmp(&y.1)));
    for (_, o) in pairs {
        let (a, o) = (at(problem.agent[at(o)]), at(o));
        if standing.option[a] == super::problem::NONE && standing.fits(problem, o) {
            let gain = standing.place(problem, o);
            if gain < 0 && !problem.required[a] {
                standing.remove(problem, a);
            }
        }
    }
    for a in 0..problem.agents() {
        standing.top_up(problem, a);
    }
}
