-- Space and housing. Areas in 0.01 m2, rents in fen per m2 and month.
CREATE TABLE sites (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('space', 'housing')),
  district_id TEXT COLLATE "C" NOT NULL REFERENCES districts (id),
  body TEXT NOT NULL
);
CREATE INDEX sites_district ON sites (district_id);

CREATE TABLE buildings (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  site_id TEXT COLLATE "C" NOT NULL REFERENCES sites (id),
  body TEXT NOT NULL
);
CREATE INDEX buildings_site ON buildings (site_id);

CREATE TABLE floors (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  building_id TEXT COLLATE "C" NOT NULL REFERENCES buildings (id),
  level INTEGER NOT NULL CHECK (level <> 0),
  body TEXT NOT NULL
);
CREATE INDEX floors_building ON floors (building_id);

CREATE TABLE units (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  floor_id TEXT COLLATE "C" NOT NULL REFERENCES floors (id),
  area BIGINT NOT NULL CHECK (area > 0),
  smallest_lot BIGINT CHECK (smallest_lot > 0 AND smallest_lot <= area),
  group_id TEXT COLLATE "C",
  rent BIGINT CHECK (rent >= 0),
  body TEXT NOT NULL,
  CHECK (group_id IS NULL OR smallest_lot IS NULL)
);
CREATE INDEX units_floor ON units (floor_id);

CREATE TABLE projects (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  site_id TEXT COLLATE "C" NOT NULL REFERENCES sites (id),
  park_id TEXT COLLATE "C" REFERENCES sites (id),
  body TEXT NOT NULL
);
CREATE INDEX projects_site ON projects (site_id);

CREATE TABLE apartment_types (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  project_id TEXT COLLATE "C" NOT NULL REFERENCES projects (id),
  count BIGINT NOT NULL CHECK (count >= 0),
  rent BIGINT CHECK (rent >= 0),
  body TEXT NOT NULL
);
CREATE INDEX apartment_types_project ON apartment_types (project_id);
