//! The inventory and firms as tables.
//!
//! Not here: how files are written (`acts::tables`).

use super::{AREA, C, DISTRICT, FEN, ID, table};
use crate::acts::tables::Kind::{Integer, Text};
use crate::acts::tables::Table;

/// Units with how they stand on a day.
pub const UNITS: Table = table(
    "units",
    &[
        ID,
        C::shown("site", "场址", "Site", Text),
        C::shown("site_name", "场址名称", "Site name", Text),
        DISTRICT,
        C::shown("building", "楼栋", "Building", Text),
        C::shown("level", "楼层", "Level", Integer),
        C::shown("room", "房号", "Room", Text),
        C::shown("use", "用途", "Use", Text),
        C::shown("area", "面积（平方米）", "Area (m2)", AREA),
        C::shown(
            "smallest_lot",
            "最小分割（平方米）",
            "Smallest lot (m2)",
            AREA,
        ),
        C::shown("group", "整组出租", "Let together", Text),
        C::shown("standing", "状态", "Standing", Text),
        C::shown(
            "vacant_area",
            "空置面积（平方米）",
            "Vacant area (m2)",
            AREA,
        ),
        C::shown("rent", "租金（元/平方米·月）", "Rent (yuan/m2/month)", FEN),
        C::shown("rent_area", "计租片区", "Rent by rule: area", Text),
        C::shown("rent_grade", "计租等级", "Rent by rule: grade", Text),
        C::shown("fitout", "装修", "Fit-out", Text),
        C::shown("floor_load", "荷载（kg/m2）", "Floor load (kg/m2)", Integer),
        C::shown("clear_height", "净高（mm）", "Clear height (mm)", Integer),
        C::shown("power", "用电（A）", "Power (A)", Integer),
        C::shown(
            "lease_months",
            "最长租期（月）",
            "Longest lease (months)",
            Integer,
        ),
        C::shown("evidence", "依据等级", "Evidence", Text),
        C::shown("source", "来源", "Source", Text),
    ],
);

/// Buildings with what of them is vacant on a day.
pub const BUILDINGS: Table = table(
    "buildings",
    &[
        ID,
        C::shown("site", "场址", "Site", Text),
        C::shown("site_name", "场址名称", "Site name", Text),
        DISTRICT,
        C::shown("label", "名称", "Label", Text),
        C::shown("units", "单元数", "Units", Integer),
        C::shown("area", "面积（平方米）", "Area (m2)", AREA),
        C::shown("vacant_units", "空置单元", "Vacant units", Integer),
        C::shown(
            "vacant_area",
            "空置面积（平方米）",
            "Vacant area (m2)",
            AREA,
        ),
    ],
);

/// Apartment types with how many are vacant on a day.
pub const APARTMENTS: Table = table(
    "apartments",
    &[
        ID,
        C::shown("project", "项目", "Project", Text),
        C::shown("project_name", "项目名称", "Project name", Text),
        C::shown("site", "场址", "Site", Text),
        DISTRICT,
        C::shown("park", "配套园区", "Park", Text),
        C::shown("layout", "户型", "Layout", Text),
        C::shown("area", "面积（平方米）", "Area (m2)", AREA),
        C::shown("count", "套数", "Count", Integer),
        C::shown("vacant", "空置", "Vacant", Integer),
        C::shown("rent", "租金（元/平方米·月）", "Rent (yuan/m2/month)", FEN),
        C::shown("evidence", "依据等级", "Evidence", Text),
        C::shown("source", "来源", "Source", Text),
    ],
);

/// Firms as they are registered.
pub const FIRMS: Table = table(
    "firms",
    &[
        ID,
        C::shown("credit_code", "统一社会信用代码", "Credit code", Text),
        C::shown("name_zh", "名称", "Name", Text),
        C::shown("name_en", "英文名称", "English name", Text),
        C::shown("industry", "行业代码", "Industry", Text),
        DISTRICT,
        C::shown("headcount", "人数", "Headcount", Integer),
        C::shown("credentials", "资质", "Credentials", Text),
        C::shown("fields", "领域", "Fields", Text),
        C::shown("evidence", "依据等级", "Evidence", Text),
        C::shown("source", "来源", "Source", Text),
    ],
);
