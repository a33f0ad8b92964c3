//! What a check finds, and how it is told.

use std::fmt;

/// One breach of the house rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// File, relative to the repository.
    pub file: String,
    /// Line, counting from 1; 0 = the whole file.
    pub line: usize,
    /// What is wrong and what to do.
    pub say: String,
}

impl Finding {
    /// A finding.
    pub fn new(file: &str, line: usize, say: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line,
            say: say.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.say)
    }
}

/// Fails with every finding, one per line.
pub fn assert_none(findings: &[Finding]) {
    let told: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(
        told.is_empty(),
        "{} finding(s)\n{}",
        told.len(),
        told.join("\n")
    );
}
