//! Room `acts::generate`: the synthetic city.
