//! The fault codes of intake, each declared once. Meanings in both languages: `data/faults/intake.csv`.

use crate::domain::fault::Code;

/// The source could not be read.
pub const UNREADABLE: Code = Code("IN100");
/// The file has more bytes than allowed.
pub const FILE_TOO_LARGE: Code = Code("IN101");
/// A line (a record with its quoted line breaks) is longer than allowed.
pub const LINE_TOO_LONG: Code = Code("IN102");
/// More columns than allowed.
pub const TOO_MANY_COLUMNS: Code = Code("IN103");
/// More rows than allowed.
pub const TOO_MANY_ROWS: Code = Code("IN104");
/// A cell is longer than allowed.
pub const CELL_TOO_LONG: Code = Code("IN105");
/// The file holds a NUL byte.
pub const NUL_BYTE: Code = Code("IN106");
/// The file is UTF-16.
pub const UTF16: Code = Code("IN107");
/// The file is neither UTF-8 nor GB18030.
pub const BAD_ENCODING: Code = Code("IN108");
/// A quote is opened and never closed.
pub const OPEN_QUOTE: Code = Code("IN109");
/// The file has no header.
pub const NO_HEADER: Code = Code("IN110");
/// A column or property is not known.
pub const UNKNOWN_COLUMN: Code = Code("IN111");
/// A required column is missing.
pub const MISSING_COLUMN: Code = Code("IN112");
/// A column stands twice in the header.
pub const DUPLICATE_COLUMN: Code = Code("IN113");
/// A row has another number of cells than the header.
pub const ROW_SHAPE: Code = Code("IN114");
/// Two rows have the same key.
pub const DUPLICATE_KEY: Code = Code("IN115");
/// A cell that must be filled is empty.
pub const EMPTY_CELL: Code = Code("IN116");
/// A cell is not a plain number of its range.
pub const BAD_NUMBER: Code = Code("IN117");
/// A cell is not one of the words of its column.
pub const BAD_WORD: Code = Code("IN118");
/// A cell is not true or false.
pub const BAD_FLAG: Code = Code("IN119");
/// A cell is not a date.
pub const BAD_DATE: Code = Code("IN120");
/// A cell begins like a formula.
pub const FORMULA: Code = Code("IN121");
/// A list names the same thing twice.
pub const LISTED_TWICE: Code = Code("IN122");
/// Households are not `kind:count`.
pub const BAD_HOUSEHOLDS: Code = Code("IN123");
/// Availability periods do not pair or overlap.
pub const BAD_AVAILABILITY: Code = Code("IN124");
/// Divisible and smallest lot contradict each other.
pub const BAD_DIVISION: Code = Code("IN125");
/// A rent by rule lacks its area or grade, or stands beside a rent.
pub const BAD_RENT_RULE: Code = Code("IN126");
/// Coordinates without a named datum, or two datums named.
pub const NO_DATUM: Code = Code("IN130");
/// A position is incomplete: one coordinate, or coordinates and precision disagree.
pub const HALF_POSITION: Code = Code("IN131");
/// A position lies outside its district.
pub const OUTSIDE_DISTRICT: Code = Code("IN132");
/// A remark: a person must look whether a position lies in its district.
pub const NEEDS_LOOK: Code = Code("IN133");
/// A district code is well formed but not known.
pub const UNKNOWN_DISTRICT: Code = Code("IN134");
/// A row refers to something that is not known.
pub const UNKNOWN_REFERENCE: Code = Code("IN140");
/// A site of the other kind is meant (space or housing).
pub const WRONG_SITE_KIND: Code = Code("IN141");
/// Floor 0 does not exist.
pub const FLOOR_ZERO: Code = Code("IN142");
/// Units of one floor disagree about one tenant per floor.
pub const FLOOR_DISAGREES: Code = Code("IN143");
/// A let-only-together group spans two buildings.
pub const GROUP_TORN: Code = Code("IN144");
/// A let-only-together group has one member.
pub const GROUP_OF_ONE: Code = Code("IN145");
/// Rows of one housing project disagree.
pub const PROJECT_DISAGREES: Code = Code("IN146");
/// A metro line has fewer than two stations.
pub const SHORT_LINE: Code = Code("IN147");
/// A building label holds a slash.
pub const BAD_LABEL: Code = Code("IN148");
/// The file is not GeoJSON of a FeatureCollection.
pub const BAD_JSON: Code = Code("IN150");
/// JSON is nested deeper than allowed.
pub const JSON_TOO_DEEP: Code = Code("IN151");
/// A feature has more bytes than allowed.
pub const FEATURE_TOO_LARGE: Code = Code("IN152");
/// A geometry is missing, of the wrong type, or broken.
pub const BAD_GEOMETRY: Code = Code("IN153");
/// The file is no workbook.
pub const NO_WORKBOOK: Code = Code("IN170");
/// The workbook is too large, or packed too well to be honest.
pub const BOOK_TOO_LARGE: Code = Code("IN171");
/// The workbook holds macros, embedded objects or links to other files.
pub const ACTIVE_BOOK: Code = Code("IN172");
/// A cell is computed by a formula.
pub const COMPUTED_CELL: Code = Code("IN173");
/// Cells are merged.
pub const MERGED_CELLS: Code = Code("IN174");
/// An application of this key exists already; a file of new ones would replace it.
pub const EXISTS: Code = Code("IN160");
