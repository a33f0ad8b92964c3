-- The map. Every noun table has its key `id`, the columns that constraints and searches need,
-- and the whole noun as canonical JSON in `body`; the columns are projections of the body.
CREATE TABLE districts (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  body TEXT NOT NULL
);

CREATE TABLE stations (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  body TEXT NOT NULL
);

CREATE TABLE lines (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  body TEXT NOT NULL
);

CREATE TABLE line_stations (
  owner TEXT COLLATE "C" NOT NULL REFERENCES lines (id),
  rank INTEGER NOT NULL CHECK (rank >= 0),
  target TEXT COLLATE "C" NOT NULL REFERENCES stations (id),
  PRIMARY KEY (owner, rank)
);

CREATE TABLE clusters (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  district_id TEXT COLLATE "C" REFERENCES districts (id),
  body TEXT NOT NULL
);

CREATE TABLE cluster_fields (
  owner TEXT COLLATE "C" NOT NULL REFERENCES clusters (id),
  rank INTEGER NOT NULL CHECK (rank >= 0),
  target TEXT COLLATE "C" NOT NULL REFERENCES clusters (id),
  PRIMARY KEY (owner, rank)
);
