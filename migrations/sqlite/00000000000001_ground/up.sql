-- The map. Every noun table has its key `id`, the columns that constraints and searches need,
-- and the whole noun as canonical JSON in `body`; the columns are projections of the body.
CREATE TABLE districts (
  id TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE stations (
  id TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE lines (
  id TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE line_stations (
  owner TEXT NOT NULL REFERENCES lines (id),
  rank INT NOT NULL CHECK (rank >= 0),
  target TEXT NOT NULL REFERENCES stations (id),
  PRIMARY KEY (owner, rank)
) STRICT;

CREATE TABLE clusters (
  id TEXT NOT NULL PRIMARY KEY,
  district_id TEXT REFERENCES districts (id),
  body TEXT NOT NULL
) STRICT;

CREATE TABLE cluster_fields (
  owner TEXT NOT NULL REFERENCES clusters (id),
  rank INT NOT NULL CHECK (rank >= 0),
  target TEXT NOT NULL REFERENCES clusters (id),
  PRIMARY KEY (owner, rank)
) STRICT;
