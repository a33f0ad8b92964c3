//! Limits on what a file may ask of the machine.
//!
//! Not here: where they are set (configuration).

/// Limits of one file. Every one of them is checked before memory is spent on what exceeds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a CSV file.
    pub file_bytes: u64,
    /// Bytes of a GeoJSON file.
    pub json_bytes: u64,
    /// Bytes of one line, quoted line breaks included.
    pub line_bytes: u64,
    /// Columns of a table.
    pub columns: usize,
    /// Characters of a cell.
    pub cell_chars: usize,
    /// Rows without the header, or features.
    pub rows: u64,
    /// Faults and remarks that are listed; the rest is only counted.
    pub faults: usize,
    /// Nesting of JSON.
    pub json_depth: usize,
    /// Bytes of one GeoJSON feature.
    pub feature_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 512 << 20,
            json_bytes: 128 << 20,
            line_bytes: 1 << 20,
            columns: 500,
            cell_chars: 32 << 10,
            rows: 2_000_000,
            faults: 1_000,
            json_depth: 24,
            feature_bytes: 4 << 20,
        }
    }
}
