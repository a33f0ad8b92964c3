//! The optimum by trying everything: every option of every agent with every number of apartments.

use zhuchao::solve::instance::{Agent, Instance};

/// The largest value, or none if a required agent cannot be placed.
pub fn optimum(instance: &Instance) -> Option<i64> {
    let mut free: Vec<i64> = instance.resources().iter().map(|r| r.capacity).collect();
    agents(instance.agents(), &mut free)
}

fn agents(rest: &[Agent], free: &mut [i64]) -> Option<i64> {
    let Some((a, rest)) = rest.split_first() else {
        return Some(0);
    };
    let mut best = if a.required { None } else { agents(rest, free) };
    for o in &a.options {
        if o.uses.iter().all(|&(r, n)| free[r as usize] >= n) {
            o.uses.iter().for_each(|&(r, n)| free[r as usize] -= n);
            let slots: Vec<(i64, Vec<u32>)> = a
                .lodging
                .iter()
                .map(|d| (d.value, d.pools.get(&o.site).cloned().unwrap_or_default()))
                .collect();
            let needs: Vec<i64> = a.lodging.iter().map(|d| d.need).collect();
            let found = grants(&slots, &needs, rest, free).map(|v| v + o.value);
            o.uses.iter().for_each(|&(r, n)| free[r as usize] += n);
            best = best.max(found);
        }
    }
    best
}

/// Every number from the first pool of the first demand, then the rest.
fn grants(
    slots: &[(i64, Vec<u32>)],
    needs: &[i64],
    rest: &[Agent],
    free: &mut [i64],
) -> Option<i64> {
    let Some(((value, pools), others)) = slots.split_first() else {
        return agents(rest, free);
    };
    let Some((&pool, more)) = pools.split_first() else {
        return grants(others, &needs[1..], rest, free);
    };
    let mut best = None;
    for n in 0..=needs[0].min(free[pool as usize]) {
        free[pool as usize] -= n;
        let mut slots = slots.to_vec();
        slots[0].1 = more.to_vec();
        let mut needs = needs.to_vec();
        needs[0] -= n;
        best = best.max(grants(&slots, &needs, rest, free).map(|v| v + n * value));
        free[pool as usize] += n;
    }
    best
}
