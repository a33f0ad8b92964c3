//! Between rounds (滚动受理): firms arrive one after the other and are placed by prices, not by who comes
//! first. The prices hold back what those who are still expected will make more of.
//!
//! - `year`: a year of arrivals, step by step; served by prices, by votes, by who comes first, in hindsight.
//! - `priced`: a firm's options less the prices of what they use. `votes`: what solved draws do with it.
//!
//! Not here: the draw of arrivals and forecasts (`acts::bench`), publishing prices.

pub mod priced;
pub mod votes;
pub mod year;
