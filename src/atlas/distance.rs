//! Distance: the geodesic on WGS-84 (Karney 2013, through `geo`), and chords for searching.
//!
//! A chord is the straight line through the Earth between two surface points. It is never longer
//! than the geodesic and, within a city, shorter by centimetres; so an index over chords finds all
//! that a geodesic query asks for, and the geodesic then decides.
//!
//! Not here: ways on foot or by metro (`transit`).

use geo::{Distance, Geodesic};
use geo_types::Point;

use crate::domain::place::Position;

/// Semi-major axis of WGS-84 in metres.
const A: f64 = 6_378_137.0;
/// First eccentricity squared of WGS-84.
const E2: f64 = 0.006_694_379_990_141_316;

/// Geodesic distance in metres on WGS-84.
pub fn metres(a: Position, b: Position) -> f64 {
    degrees((a.lon(), a.lat()), (b.lon(), b.lat()))
}

/// Geodesic distance in metres between two (longitude, latitude) pairs in degrees.
pub fn degrees(a: (f64, f64), b: (f64, f64)) -> f64 {
    if a == b {
        return 0.0;
    }
    Geodesic.distance(Point::new(a.0, a.1), Point::new(b.0, b.1))
}

/// Metres as a whole number, rounded; saturates.
pub fn whole(metres: f64) -> u32 {
    metres.round() as u32
}

/// Earth-centred coordinates in metres on the ellipsoid.
pub fn earth_centred(p: Position) -> [f64; 3] {
    let (lon, lat) = (p.lon().to_radians(), p.lat().to_radians());
    let n = A / (1.0 - E2 * lat.sin().powi(2)).sqrt();
    [
        n * lat.cos() * lon.cos(),
        n * lat.cos() * lon.sin(),
        n * (1.0 - E2) * lat.sin(),
    ]
}

/// Length of the chord between two earth-centred points in metres.
pub fn chord(a: [f64; 3], b: [f64; 3]) -> f64 {
    let square = |i: usize| (a[i] - b[i]).powi(2);
    (square(0) + square(1) + square(2)).sqrt()
}

/// Metres per degree of longitude and of latitude near a latitude (radii of curvature).
pub fn metres_per_degree(lat: f64) -> (f64, f64) {
    let (sin, cos) = lat.to_radians().sin_cos();
    let w = 1.0 - E2 * sin * sin;
    let prime_vertical = A / w.sqrt();
    let meridian = A * (1.0 - E2) / (w * w.sqrt());
    ((prime_vertical * cos).to_radians(), meridian.to_radians())
}
