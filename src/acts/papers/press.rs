//! The press: notices as PDF, set in the font that the operator names. Only a program built with the feature `pdf` has one;
//! no font comes with it, because one with all signs of Chinese names is larger than the program.
//!
//! Not here: where things stand on the paper (`pdf`).

use super::Notice;
use crate::domain::fault::{Code, Fault};

#[cfg(feature = "pdf")]
#[path = "pdf/mod.rs"]
mod pdf;

/// The font for PDF files cannot be used, or the program was built without the feature.
pub const NO_PRESS: Code = Code("AC513");
/// The font has no sign for something that the notice says.
pub const SIGN_MISSING: Code = Code("AC514");

/// Media type of the file.
pub const PDF: &str = "application/pdf";

/// A press with its font.
pub struct Press {
    #[cfg(feature = "pdf")]
    font: pdf::Face,
    #[cfg(not(feature = "pdf"))]
    never: std::convert::Infallible,
}

impl Press {
    /// A press with the font of a file; `PATH#2` names the third one of a collection.
    ///
    /// # Errors
    /// AC513.
    #[cfg(feature = "pdf")]
    pub fn open(named: &str) -> Result<Press, Fault> {
        let (path, index) = match named.rsplit_once('#') {
            Some((path, index)) => (
                path,
                index.parse().map_err(|_| unusable(named, "no number"))?,
            ),
            None => (named, 0),
        };
        let bytes = std::fs::read(path);
        let bytes = bytes.map_err(|e| unusable(named, &e.to_string()))?;
        let font = pdf::Face::of(bytes, index);
        let font = font.ok_or_else(|| unusable(named, "it is no font, or has no such part"))?;
        Ok(Press { font })
    }

    /// The notice as a file. The same notice gives the same bytes.
    ///
    /// # Errors
    /// AC514 for a sign that the font does not have: a name is never printed with a gap.
    #[cfg(feature = "pdf")]
    pub fn printed(&self, notice: &Notice) -> Result<Vec<u8>, Fault> {
        pdf::printed(&self.font, notice)
    }

    /// Refuses: this program was built without a press.
    ///
    /// # Errors
    /// AC513, always.
    #[cfg(not(feature = "pdf"))]
    pub fn open(named: &str) -> Result<Press, Fault> {
        Err(unusable(
            named,
            "the program was built without the feature `pdf`",
        ))
    }

    /// Never called: there is no press.
    ///
    /// # Errors
    /// None.
    #[cfg(not(feature = "pdf"))]
    pub fn printed(&self, _: &Notice) -> Result<Vec<u8>, Fault> {
        match self.never {}
    }
}

fn unusable(named: &str, why: &str) -> Fault {
    let shown: String = named.chars().take(120).collect();
    Fault::new(
        NO_PRESS,
        format!("pdf_font {shown:?} cannot be used: {why}"),
        "name a TrueType or OpenType font with Chinese signs, or leave pdf_font out",
    )
}
