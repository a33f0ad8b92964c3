//! Outlines: in which district a position lies, and whether a place lies where it is said to lie.
//!
//! A place is known to some accuracy, so containment has three answers: yes or no when the border
//! of the outline is farther away than the accuracy, and "a person must look" otherwise, or when no
//! usable outline is known. Distances to the border are taken in a plane at the place with the
//! radii of curvature of WGS-84 (error below 0.1 % within 50 km).
//!
//! Not here: reading GeoJSON (intake); outlines are good to about 100 m and include sea.

use std::collections::BTreeMap;

use geo::coordinate_position::{CoordPos, CoordinatePosition};
use geo::{BoundingRect, LinesIter};
use geo_types::{Coord, Line, MultiPolygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::distance::metres_per_degree;
use crate::domain::place::{Containment, District, DistrictCode, Located, Position};

#[derive(Debug, Clone)]
struct Shape {
    code: DistrictCode,
    outline: MultiPolygon<f64>,
    border: Vec<Line<f64>>,
}

/// Outlines of districts, prepared for asking.
#[derive(Debug, Clone)]
pub struct Outlines {
    shapes: Vec<Shape>,
    by_code: BTreeMap<DistrictCode, usize>,
    boxes: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
}

impl Outlines {
    /// Prepares every outline that has an area and only finite corners; others count as unknown.
    pub fn new(districts: &[District]) -> Outlines {
        let shapes: Vec<Shape> = districts.iter().filter_map(prepared).collect();
        let boxes = shapes
            .iter()
            .enumerate()
            .filter_map(|(n, s)| {
                let b = s.outline.bounding_rect()?;
                let corners =
                    Rectangle::from_corners([b.min().x, b.min().y], [b.max().x, b.max().y]);
                Some(GeomWithData::new(corners, n))
            })
            .collect();
        Outlines {
            by_code: shapes
                .iter()
                .enumerate()
                .map(|(n, s)| (s.code.clone(), n))
                .collect(),
            boxes: RTree::bulk_load(boxes),
            shapes,
        }
    }

    /// The district whose outline holds the position, border included; on a shared border the
    /// smallest code.
    pub fn district_of(&self, position: Position) -> Option<DistrictCode> {
        let p = coord(position);
        self.boxes
            .locate_in_envelope_intersecting(&AABB::from_point([p.x, p.y]))
            .filter_map(|b| self.shapes.get(b.data))
            .filter(|s| s.outline.coordinate_position(&p) != CoordPos::Outside)
            .map(|s| &s.code)
            .min()
            .cloned()
    }

    /// Whether a place lies in a district.
    pub fn contains(&self, place: &Located, district: &DistrictCode) -> Containment {
        let Some(shape) = self.by_code.get(district).and_then(|n| self.shapes.get(*n)) else {
            return Containment::NeedsLook;
        };
        if shape.metres_to_border(place.position) <= f64::from(place.accuracy_m) {
            return Containment::NeedsLook;
        }
        match shape.outline.coordinate_position(&coord(place.position)) {
            CoordPos::Inside => Containment::Yes,
            CoordPos::OnBoundary => Containment::NeedsLook,
            CoordPos::Outside => Containment::No,
        }
    }

    /// Metres from a position to the border of a district; `None` when no outline is known.
    pub fn metres_to_border(&self, position: Position, district: &DistrictCode) -> Option<f64> {
        let shape = self.shapes.get(*self.by_code.get(district)?)?;
        Some(shape.metres_to_border(position))
    }
}

impl Shape {
    fn metres_to_border(&self, position: Position) -> f64 {
        let p = coord(position);
        let scale = metres_per_degree(p.y);
        self.border
            .iter()
            .map(|line| metres_to_line(p, line, scale))
            .fold(f64::INFINITY, f64::min)
    }
}

fn prepared(district: &District) -> Option<Shape> {
    let outline = district.outline.clone()?;
    let border: Vec<Line<f64>> = outline.lines_iter().collect();
    let finite = border.iter().all(|l| {
        [l.start.x, l.start.y, l.end.x, l.end.y]
            .iter()
            .all(|v| v.is_finite())
    });
    (finite && border.len() >= 3).then(|| Shape {
        code: district.code.clone(),
        outline,
        border,
    })
}

fn coord(p: Position) -> Coord<f64> {
    Coord {
        x: p.lon(),
        y: p.lat(),
    }
}

/// Distance from a point to a segment in a plane of metres around the point.
fn metres_to_line(p: Coord<f64>, line: &Line<f64>, scale: (f64, f64)) -> f64 {
    let local = |c: Coord<f64>| ((c.x - p.x) * scale.0, (c.y - p.y) * scale.1);
    let (a, b) = (local(line.start), local(line.end));
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length2 = dx * dx + dy * dy;
    let share = if length2 > 0.0 {
        (-(a.0 * dx + a.1 * dy) / length2).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (a.0 + share * dx).hypot(a.1 + share * dy)
}
