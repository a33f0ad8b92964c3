//! Stands in for `master` where HiGHS is not compiled in: there is no linear program, so column
//! generation never begins and the volume algorithm does all. Not here: anything else.

use super::lagrange::{Pricer, Prices};

/// Never made.
pub(super) struct Generation<'p> {
    pub(super) prices: Prices,
    pub(super) bound: f64,
    never: std::convert::Infallible,
    problem: std::marker::PhantomData<&'p ()>,
}

impl<'p> Generation<'p> {
    /// There is none.
    pub(super) fn new(_pricer: &mut Pricer<'p>, _prices: Prices, _near: f64) -> Option<Self> {
        None
    }

    /// Cannot be called, for there is none.
    pub(super) fn round(&mut self, _pricer: &mut Pricer, _over: &dyn Fn() -> bool) -> bool {
        let _ = self.problem;
        match self.never {}
    }

    /// Cannot be called, for there is none.
    pub(super) fn hold(&mut self, _pricer: &mut Pricer) -> usize {
        match self.never {}
    }
}
