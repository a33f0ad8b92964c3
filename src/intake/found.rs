//! What is found while reading: faults and remarks, listed up to a limit and counted beyond.

use crate::domain::fault::Fault;

/// Something a person must look at; it does not keep the file out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark(pub Fault);

/// Faults and remarks of one file.
#[derive(Debug)]
pub(super) struct Found {
    limit: usize,
    pub(super) faults: Vec<Fault>,
    pub(super) more_faults: u64,
    pub(super) remarks: Vec<Remark>,
    pub(super) more_remarks: u64,
}

impl Found {
    /// Nothing found yet; `limit` of each sort will be listed.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            faults: Vec::new(),
            more_faults: 0,
            remarks: Vec::new(),
            more_remarks: 0,
        }
    }

    /// Lists or counts a fault.
    pub(super) fn fault(&mut self, fault: Fault) {
        if self.faults.len() < self.limit {
            self.faults.push(fault);
        } else {
            self.more_faults += 1;
        }
    }

    /// Lists or counts a remark.
    pub(super) fn remark(&mut self, fault: Fault) {
        if self.remarks.len() < self.limit {
            self.remarks.push(Remark(fault));
        } else {
            self.more_remarks += 1;
        }
    }
}
