//! Datums: WGS-84 (and CGCS2000, equal at this precision), GCJ-02 and BD-09.
//!
//! GCJ-02 by the public formula (Krasovsky ellipsoid, offsets as sums of sines about 105 E, 35 N),
//! applied inside the rectangle 72.004 to 137.8347 E, 0.8293 to 55.8271 N and nowhere else. Its
//! inverse has no closed form: the fixed point of `w = g - offset(w)`, iterated until a step is
//! below 1e-11 degree (five or six steps). BD-09 is GCJ-02 turned and stretched in polar
//! coordinates; its inverse is iterated in the same way, because the usual closed form is only
//! good to about 1e-6 degree.
//!
//! The formula is not an official text. The independent vectors agree with it within 0.73 m.
//!
//! Not here: distances, and guessing a datum (it must be named).

use std::f64::consts::PI;

use crate::domain::fault::Fault;
use crate::domain::place::{Datum, Position};

/// Semi-major axis of the Krasovsky ellipsoid in metres, as used by GCJ-02.
const KRASOVSKY_A: f64 = 6_378_245.0;
/// First eccentricity squared of the Krasovsky ellipsoid, as used by GCJ-02.
const KRASOVSKY_E2: f64 = 0.006_693_421_622_965_943;
/// Angular frequency of the ripple of BD-09.
const BD_RIPPLE: f64 = PI * 3000.0 / 180.0;
/// A fixed point is found when a step is shorter, in degrees.
const STEP: f64 = 1e-11;
/// No inverse needs more steps; a bound against endless loops.
const STEPS_MAX: usize = 50;

/// Longitude and latitude in degrees.
pub type Degrees = (f64, f64);

/// A position given in a datum, as WGS-84 rounded to micro-degrees; DM160 off the globe.
pub fn to_wgs84(datum: Datum, lon: f64, lat: f64) -> Result<Position, Fault> {
    // The globe is tested before any formula sees the numbers.
    Position::degrees(lon, lat)?;
    let (lon, lat) = match datum {
        Datum::Wgs84 | Datum::Cgcs2000 => (lon, lat),
        Datum::Gcj02 => wgs84_of_gcj02((lon, lat)),
        Datum::Bd09 => wgs84_of_gcj02(gcj02_of_bd09((lon, lat))),
    };
    Position::degrees(lon, lat)
}

/// A WGS-84 position in a datum: longitude and latitude in degrees.
pub fn from_wgs84(datum: Datum, position: Position) -> Degrees {
    let p = (position.lon(), position.lat());
    match datum {
        Datum::Wgs84 | Datum::Cgcs2000 => p,
        Datum::Gcj02 => gcj02_of_wgs84(p),
        Datum::Bd09 => bd09_of_gcj02(gcj02_of_wgs84(p)),
    }
}

/// GCJ-02 of WGS-84; the same point outside China.
pub fn gcj02_of_wgs84(p: Degrees) -> Degrees {
    if in_china(p) { plus(p, offset(p)) } else { p }
}

/// WGS-84 of GCJ-02 to better than 1e-9 degree; the same point outside China.
pub fn wgs84_of_gcj02(g: Degrees) -> Degrees {
    let w = fixed_point(g, |w| plus(w, offset(w)));
    if in_china(g) && in_china(w) { w } else { g }
}

/// BD-09 of GCJ-02; the same point outside China.
pub fn bd09_of_gcj02(p: Degrees) -> Degrees {
    if in_china(p) { turned(p) } else { p }
}

/// GCJ-02 of BD-09 to better than 1e-9 degree; the same point outside China.
pub fn gcj02_of_bd09(b: Degrees) -> Degrees {
    let g = fixed_point(b, turned);
    if in_china(b) && in_china(g) { g } else { b }
}

/// The rectangle in which the public formula shifts.
pub fn in_china((lon, lat): Degrees) -> bool {
    (72.004..=137.8347).contains(&lon) && (0.8293..=55.8271).contains(&lat)
}

fn plus(a: Degrees, b: Degrees) -> Degrees {
    (a.0 + b.0, a.1 + b.1)
}

/// The point that `forward` maps to `target`, for a map that is nearly a shift.
fn fixed_point(target: Degrees, forward: impl Fn(Degrees) -> Degrees) -> Degrees {
    let mut p = target;
    for _ in 0..STEPS_MAX {
        let image = forward(p);
        let step = (target.0 - image.0, target.1 - image.1);
        p = plus(p, step);
        if step.0.abs() < STEP && step.1.abs() < STEP {
            break;
        }
    }
    p
}

/// The ripple that both offsets share: `20 sin 6 pi x + 20 sin 2 pi x`, times two thirds.
fn ripple(x: f64) -> f64 {
    (20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin()) * 2.0 / 3.0
}

fn offset((lon, lat): Degrees) -> Degrees {
    let (x, y) = (lon - 105.0, lat - 35.0);
    let root = x.abs().sqrt();
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * root
        + ripple(x)
        + (20.0 * (y * PI).sin() + 40.0 * (y / 3.0 * PI).sin()) * 2.0 / 3.0
        + (160.0 * (y / 12.0 * PI).sin() + 320.0 * (y * PI / 30.0).sin()) * 2.0 / 3.0;
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * root
        + ripple(x)
        + (20.0 * (x * PI).sin() + 40.0 * (x / 3.0 * PI).sin()) * 2.0 / 3.0
        + (150.0 * (x / 12.0 * PI).sin() + 300.0 * (x / 30.0 * PI).sin()) * 2.0 / 3.0;
    let phi = lat.to_radians();
    let magic = 1.0 - KRASOVSKY_E2 * phi.sin() * phi.sin();
    let meridian = KRASOVSKY_A * (1.0 - KRASOVSKY_E2) / (magic * magic.sqrt());
    let parallel = KRASOVSKY_A / magic.sqrt() * phi.cos();
    (
        (east / parallel).to_degrees(),
        (north / meridian).to_degrees(),
    )
}

fn turned((x, y): Degrees) -> Degrees {
    let z = x.hypot(y) + 0.000_02 * (y * BD_RIPPLE).sin();
    let theta = y.atan2(x) + 0.000_003 * (x * BD_RIPPLE).cos();
    (z * theta.cos() + 0.0065, z * theta.sin() + 0.006)
}
