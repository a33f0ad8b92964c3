//! A notice as PDF: the pages of `layout` drawn with the font, of which only the signs that are used go into the file.
//!
//! Not here: where things stand (`layout`), where lines break (`lines`).

mod layout;
mod lines;

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

use super::super::Notice;
use super::SIGN_MISSING;
use crate::acts::papers::docx::NOT_PACKED;
use crate::domain::fault::Fault;

use layout::{HIGH, Page, WIDE, Words};

/// A font.
pub struct Face {
    bytes: Vec<u8>,
    index: u32,
    font: Font,
}

impl Face {
    /// The font of a file; `None` when it is none.
    pub fn of(bytes: Vec<u8>, index: u32) -> Option<Face> {
        let font = Font::new(bytes.clone().into(), index)?;
        FontRef::from_index(&bytes, index).ok()?;
        Some(Face { bytes, index, font })
    }

    fn signs(&self) -> Option<Signs<'_>> {
        let font = FontRef::from_index(&self.bytes, self.index).ok()?;
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        Some(Signs {
            em: self.font.units_per_em(),
            metrics,
            font,
        })
    }
}

/// The signs of a font.
pub(super) struct Signs<'a> {
    font: FontRef<'a>,
    metrics: GlyphMetrics<'a>,
    em: f32,
}

impl Signs<'_> {
    /// The glyph of a sign and its width, in parts of the size.
    fn of(&self, sign: char) -> Option<(u32, f32)> {
        let glyph = self.font.charmap().map(sign)?;
        let wide = self.metrics.advance_width(glyph)?;
        Some((glyph.to_u32(), wide / self.em))
    }

    /// The width of a sign; that of the whole size where the font has none.
    pub(super) fn wide(&self, sign: char) -> f32 {
        self.of(sign).map_or(1.0, |(_, wide)| wide)
    }
}

/// The notice as a file.
///
/// # Errors
/// AC514 for a sign that the font does not have, AC510 when the file cannot be made.
pub fn printed(face: &Face, notice: &Notice) -> Result<Vec<u8>, Fault> {
    let signs = face
        .signs()
        .ok_or_else(|| broken("the font cannot be read"))?;
    let pages = layout::pages(&signs, notice);
    let mut document = Document::new();
    document.set_metadata(
        Metadata::new()
            .title(notice.title.clone())
            .authors(vec![notice.office.clone()])
            .language("zh-CN".to_owned()),
    );
    for page in &pages {
        let size = PageSettings::from_wh(WIDE, HIGH).ok_or_else(|| broken("a page has no size"))?;
        let mut sheet = document.start_page_with(size);
        let mut surface = sheet.surface();
        draw(&mut surface, face, &signs, page)?;
        surface.finish();
        sheet.finish();
    }
    document
        .finish()
        .map_err(|e| broken(&format!("the file cannot be made: {e:?}")))
}

fn draw(
    surface: &mut Surface<'_>,
    face: &Face,
    signs: &Signs<'_>,
    page: &Page,
) -> Result<(), Fault> {
    for (from, to) in &page.rules {
        let mut path = PathBuilder::new();
        path.move_to(from.0, from.1);
        path.line_to(to.0, to.1);
        surface.set_fill(None);
        surface.set_stroke(Some(Stroke {
            paint: rgb::Color::new(0, 0, 0).into(),
            width: 0.5,
            ..Stroke::default()
        }));
        if let Some(path) = path.finish() {
            surface.draw_path(&path);
        }
    }
    surface.set_stroke(None);
    for words in &page.words {
        write(surface, face, signs, words)?;
    }
    Ok(())
}

fn write(
    surface: &mut Surface<'_>,
    face: &Face,
    signs: &Signs<'_>,
    words: &Words,
) -> Result<(), Fault> {
    let mut glyphs = Vec::new();
    for (at, sign) in words.text.char_indices() {
        let (glyph, wide) = signs.of(sign).ok_or_else(|| missing(sign))?;
        glyphs.push(KrillaGlyph::new(
            GlyphId::new(glyph),
            wide,
            0.0,
            0.0,
            0.0,
            at..at + sign.len_utf8(),
            None,
        ));
    }
    let shade = if words.pale { 128 } else { 0 };
    surface.set_fill(Some(Fill {
        paint: rgb::Color::new(shade, shade, shade).into(),
        opacity: NormalizedF32::ONE,
        ..Fill::default()
    }));
    let start = Point::from_xy(words.at.0, words.at.1);
    let font = face.font.clone();
    surface.draw_glyphs(start, &glyphs, font, &words.text, words.size, false);
    Ok(())
}

fn missing(sign: char) -> Fault {
    Fault::new(
        SIGN_MISSING,
        format!("the font of pdf_font has no sign for {sign:?}"),
        "name a font that has it; no sign is left out",
    )
}

fn broken(cause: &str) -> Fault {
    Fault::new(NOT_PACKED, cause, "report this")
}
