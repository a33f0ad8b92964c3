//! Choices counted anew: their worth, or the first limit that they break. Shares nothing with `planning`.

use zhuchao::planning::taken::Chosen;
use zhuchao::solve::instance::Instance;

fn index(n: u32) -> usize {
    usize::try_from(n).expect("small")
}

/// The worth of choices by agent, or what is wrong with them.
pub fn recounted(instance: &Instance, chosen: &[Option<Chosen>]) -> Result<i64, String> {
    if chosen.len() != instance.agents().len() {
        return Err("not one choice for each".to_owned());
    }
    let mut left: Vec<i64> = instance.resources().iter().map(|r| r.capacity).collect();
    let mut worth = 0;
    for (agent, chosen) in instance.agents().iter().zip(chosen) {
        let Some(chosen) = chosen else { continue };
        let option = agent
            .options
            .get(index(chosen.option))
            .ok_or_else(|| format!("{} has no such option", agent.id))?;
        worth += option.value;
        option.uses.iter().for_each(|(r, n)| left[index(*r)] -= n);
        for (demand, granted) in agent.lodging.iter().zip(&chosen.lodging) {
            let open = demand.pools.get(&option.site);
            let mut count = 0;
            for (pool, n) in granted {
                if *n < 0 || open.is_none_or(|o| !o.contains(pool)) {
                    return Err(format!("{} is granted what is not open to it", agent.id));
                }
                left[index(*pool)] -= n;
                count += n;
            }
            if count > demand.need {
                return Err(format!("{} is granted more than it needs", agent.id));
            }
            worth += count * demand.value;
        }
    }
    let broken = instance
        .resources()
        .iter()
        .zip(&left)
        .find(|(_, l)| **l < 0);
    match broken {
        Some((r, l)) => Err(format!("{} is exceeded by {}", r.id, -l)),
        None => Ok(worth),
    }
}
