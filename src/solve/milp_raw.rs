//! A HiGHS model behind safe calls: rows once, columns in batches, warm starts, a stop flag.
//!
//! good_lp and highs hand a model over once; a master program grows by columns and keeps its basis,
//! which only the C interface does. We always maximise. One thread at a time.
//! Simplex, interior point and branch and bound look at the stop flag through callbacks.
//!
//! Not here: what rows and columns mean (`master`, `milp_placing`).

#![expect(
    unsafe_code,
    reason = "adding columns to a live model exists in the C interface of HiGHS only"
)]

use highs_sys::{HighsCallbackDataIn, HighsCallbackDataOut, HighsInt};
use std::ffi::{CStr, c_char, c_int, c_void};

/// Columns to be added: costs, upper limits (lower ones are 0) and entries by column.
#[derive(Default)]
pub(super) struct Columns {
    pub(super) cost: Vec<f64>,
    pub(super) upper: Vec<f64>,
    starts: Vec<HighsInt>,
    index: Vec<HighsInt>,
    value: Vec<f64>,
}

impl Columns {
    /// Adds a column.
    pub(super) fn push(
        &mut self,
        cost: f64,
        upper: f64,
        entries: impl Iterator<Item = (usize, f64)>,
    ) {
        self.cost.push(cost);
        self.upper.push(upper);
        self.starts.push(int(self.index.len()));
        for (row, value) in entries {
            self.index.push(int(row));
            self.value.push(value);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.cost.len()
    }

    pub(super) fn clear(&mut self) {
        self.cost.clear();
        self.upper.clear();
        self.starts.clear();
        self.index.clear();
        self.value.clear();
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Optimal,
    Infeasible,
    Limit,
    Failed,
}

/// What ends a run early.
pub(super) type Over<'o> = &'o dyn Fn() -> bool;

/// A live model.
pub(super) struct Raw {
    highs: *mut c_void,
    columns: usize,
    rows: usize,
}

// SAFETY: HiGHS keeps no thread-local state of a model; a model is used by one thread at a time.
unsafe impl Send for Raw {}

impl Drop for Raw {
    fn drop(&mut self) {
        // SAFETY: the pointer came from Highs_create and is dropped once.
        unsafe { highs_sys::Highs_destroy(self.highs) }
    }
}

impl Raw {
    /// An empty model with rows `lower <= row <= upper`.
    pub(super) fn new(rows: &[(f64, f64)]) -> Option<Self> {
        // SAFETY: plain call; the result is owned by `Raw` from here on.
        let highs = unsafe { highs_sys::Highs_create() };
        if highs.is_null() {
            return None;
        }
        let raw = Self {
            highs,
            columns: 0,
            rows: rows.len(),
        };
        raw.flag(c"output_flag", false)?;
        raw.int(c"threads", 1)?;
        raw.text(c"parallel", c"off")?;
        let lower: Vec<f64> = rows.iter().map(|r| r.0).collect();
        let upper: Vec<f64> = rows.iter().map(|r| r.1).collect();
        let starts = vec![0; rows.len()];
        // SAFETY: the arrays are as long as stated; no entries are passed.
        let added = unsafe {
            highs_sys::Highs_addRows(
                highs,
                int(rows.len()),
                lower.as_ptr(),
                upper.as_ptr(),
                0,
                starts.as_ptr(),
                std::ptr::null(),
                std::ptr::null(),
            )
        };
        // SAFETY: plain call.
        let sense = unsafe { highs_sys::Highs_changeObjectiveSense(highs, -1) };
        (added != ERROR && sense != ERROR).then_some(raw)
    }

    pub(super) fn flag(&self, key: &CStr, value: bool) -> Option<()> {
        // SAFETY: the key ends with a zero byte.
        let done = unsafe {
            highs_sys::Highs_setBoolOptionValue(self.highs, key.as_ptr(), c_int::from(value))
        };
        (done != ERROR).then_some(())
    }

    pub(super) fn int(&self, key: &CStr, value: i32) -> Option<()> {
        // SAFETY: as above.
        let done = unsafe { highs_sys::Highs_setIntOptionValue(self.highs, key.as_ptr(), value) };
        (done != ERROR).then_some(())
    }

    pub(super) fn real(&self, key: &CStr, value: f64) -> Option<()> {
        // SAFETY: as above.
        let done =
            unsafe { highs_sys::Highs_setDoubleOptionValue(self.highs, key.as_ptr(), value) };
        (done != ERROR).then_some(())
    }

    pub(super) fn text(&self, key: &CStr, value: &CStr) -> Option<()> {
        // SAFETY: both end with a zero byte.
        let done = unsafe {
            highs_sys::Highs_setStringOptionValue(self.highs, key.as_ptr(), value.as_ptr())
        };
        (done != ERROR).then_some(())
    }

    /// Adds columns; a simplex basis is kept.
    pub(super) fn add(&mut self, columns: &Columns) -> Option<()> {
        let lower = vec![0.0; columns.len()];
        // SAFETY: all arrays are as long as stated, indexes are below the number of rows.
        let done = unsafe {
            highs_sys::Highs_addCols(
                self.highs,
                int(columns.len()),
                columns.cost.as_ptr(),
                lower.as_ptr(),
                columns.upper.as_ptr(),
                int(columns.index.len()),
                columns.starts.as_ptr(),
                columns.index.as_ptr(),
                columns.value.as_ptr(),
            )
        };
        self.columns += columns.len();
        (done != ERROR).then_some(())
    }

    /// Drops columns; `drop[k]` says which.
    pub(super) fn drop_columns(&mut self, drop: &[bool]) -> Option<()> {
        let mut mask: Vec<HighsInt> = drop.iter().map(|&d| HighsInt::from(d)).collect();
        // SAFETY: the mask has one entry per column.
        let done = unsafe { highs_sys::Highs_deleteColsByMask(self.highs, mask.as_mut_ptr()) };
        self.columns -= drop.iter().filter(|d| **d).count();
        (done != ERROR).then_some(())
    }

    /// Makes all columns integer.
    pub(super) fn integer(&self) -> Option<()> {
        let kinds = vec![1; self.columns];
        // SAFETY: one kind per column of the range.
        let done = unsafe {
            highs_sys::Highs_changeColsIntegralityByRange(
                self.highs,
                0,
                int(self.columns) - 1,
                kinds.as_ptr(),
            )
        };
        (done != ERROR).then_some(())
    }

    /// Solves the model as it is.
    pub(super) fn run(&self, over: Over) -> End {
        let mut over = over;
        let data: *mut Over = &mut over;
        // SAFETY: the callback reads `over`, which lives until after stopCallback.
        let ran = unsafe {
            highs_sys::Highs_setCallback(self.highs, Some(hear), data.cast::<c_void>());
            for kind in INTERRUPTS {
                highs_sys::Highs_startCallback(self.highs, kind);
            }
            let ran = highs_sys::Highs_run(self.highs);
            for kind in INTERRUPTS {
                highs_sys::Highs_stopCallback(self.highs, kind);
            }
            ran
        };
        // SAFETY: plain call.
        let status = unsafe { highs_sys::Highs_getModelStatus(self.highs) };
        match status {
            highs_sys::MODEL_STATUS_OPTIMAL => End::Optimal,
            highs_sys::MODEL_STATUS_INFEASIBLE
            | highs_sys::MODEL_STATUS_UNBOUNDED_OR_INFEASIBLE => End::Infeasible,
            _ if ran == ERROR => End::Failed,
            _ => End::Limit,
        }
    }

    pub(super) fn objective(&self) -> f64 {
        // SAFETY: plain call.
        unsafe { highs_sys::Highs_getObjectiveValue(self.highs) }
    }

    /// Values of the columns and duals of the rows; empty if there is no solution.
    pub(super) fn solution(&self) -> (Vec<f64>, Vec<f64>) {
        let (mut x, mut dual) = (vec![f64::NAN; self.columns], vec![f64::NAN; self.rows]);
        // SAFETY: arrays as long as HiGHS writes; null means not wanted.
        unsafe {
            highs_sys::Highs_getSolution(
                self.highs,
                x.as_mut_ptr(),
                std::ptr::null_mut(),
                std::ptr::null_mut(),
                dual.as_mut_ptr(),
            );
        }
        if x.iter().any(|v| v.is_nan()) {
            x.clear();
        }
        if dual.iter().any(|v| v.is_nan()) {
            dual.clear();
        }
        (x, dual)
    }
}

const ERROR: HighsInt = -1;
/// Callbacks of simplex, interior point and branch and bound that may interrupt.
const INTERRUPTS: [c_int; 3] = [1, 2, 6];

/// Called by HiGHS; only asks whether to go on.
unsafe extern "C" fn hear(
    _kind: c_int,
    _message: *const c_char,
    _out: *const HighsCallbackDataOut,
    input: *mut HighsCallbackDataIn,
    data: *mut c_void,
) {
    // SAFETY: `data` is the `Over` of `run`; `input` is valid for the call or null.
    let (over, input) = unsafe { (data.cast::<Over>().as_ref(), input.as_mut()) };
    if let (Some(over), Some(input)) = (over, input)
        && over()
    {
        input.user_interrupt = 1;
    }
}

/// HiGHS counts in 32 bits; more does not fit any machine of ours.
fn int(n: usize) -> HighsInt {
    HighsInt::try_from(n).unwrap_or(HighsInt::MAX)
}
