//! What every option of every agent is worth at given prices, exactly, and the bounds that follow.
//!
//! For any prices >= 0 the total (see `certificate`) bounds every choice. When some agents must take
//! one of a few options, their best is replaced by the best of those: that total bounds every choice
//! that obeys, so that a question is answered without solving anything. Counted as in `certificate`.
//!
//! Not here: where the prices come from, what a question means.

use super::certificate_market::{Gains, Market};
use super::instance::Instance;

/// Options and agents at prices; numbers are in units of 2^-scale unless said.
pub struct Quote<'i> {
    instance: &'i Instance,
    market: Market,
    best: Vec<Option<i128>>,
    total: i128,
}

impl<'i> Quote<'i> {
    /// The quote at prices, one for each resource; `None` when they are not finite and at least 0,
    /// too large, or a required agent has no possible option.
    pub fn of(instance: &'i Instance, prices: &[f64]) -> Option<Quote<'i>> {
        super::certificate::check_prices(instance, prices, "prices").ok()?;
        let market = Market::new(instance, prices, 0.0, 1.0)?;
        let mut quote = Quote {
            instance,
            total: market.stock()?,
            market,
            best: Vec::new(),
        };
        for (a, agent) in instance.agents().iter().enumerate() {
            let mut best = (!agent.required).then_some(0);
            for net in quote.nets(a)?.into_iter().flatten() {
                best = best.max(Some(net));
            }
            quote.total = quote.total.checked_add(best?)?;
            quote.best.push(best);
        }
        Some(quote)
    }

    /// No feasible value is above this.
    pub fn bound(&self) -> i64 {
        self.whole(self.total)
    }

    /// Value less price of each option of an agent, with its apartments; `None` inside for an option
    /// that no capacity holds. Outer `None` only on overflow.
    pub fn nets(&self, agent: usize) -> Option<Vec<Option<i128>>> {
        let agent = self.instance.agents().get(agent)?;
        let mut gains = Gains::new();
        let net = |o| match self.market.possible(o) {
            true => self.market.worth(agent, o, &mut gains).map(Some),
            false => Some(None),
        };
        agent.options.iter().map(net).collect()
    }

    /// No choice in which each of these agents takes one of the options beside it is worth more;
    /// `None` when one of them has no possible option among those.
    pub fn bound_with(&self, forced: &[(usize, &[usize])]) -> Option<i64> {
        let mut total = self.total;
        for (agent, options) in forced {
            let nets = self.nets(*agent)?;
            let best = options.iter().filter_map(|o| *nets.get(*o)?).max()?;
            let free = self.best.get(*agent).copied().flatten()?;
            total = total.checked_sub(free)?.checked_add(best)?;
        }
        Some(self.whole(total))
    }

    /// The price of so much of a resource in units of value, rounded down.
    pub fn cost(&self, resource: u32, amount: i64) -> i64 {
        let price = self.market.price_of(resource);
        self.whole(price.saturating_mul(i128::from(amount)))
    }

    /// What apartments add to an agent at a site, less their prices, rounded down.
    pub fn gain(&self, agent: usize, site: i64) -> i64 {
        let agent = self.instance.agents().get(agent);
        let gain = agent.and_then(|a| self.market.gain(a, site));
        gain.map_or(0, |g| self.whole(g))
    }

    /// By how much an option is missed: 0 when it is worth its price, else rounded up.
    pub fn missed(&self, net: i128) -> i64 {
        self.whole(net).saturating_neg().max(0)
    }

    /// Rounded down to whole units of value; saturates.
    fn whole(&self, scaled: i128) -> i64 {
        let whole = scaled >> self.market.scale;
        i64::try_from(whole).unwrap_or(if whole < 0 { i64::MIN } else { i64::MAX })
    }
}
