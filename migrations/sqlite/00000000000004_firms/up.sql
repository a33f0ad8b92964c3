-- Firms and their applications.
CREATE TABLE firms (
  id TEXT NOT NULL PRIMARY KEY,
  credit_code TEXT NOT NULL UNIQUE,
  district_id TEXT NOT NULL REFERENCES districts (id),
  body TEXT NOT NULL
) STRICT;

CREATE TABLE firm_fields (
  owner TEXT NOT NULL REFERENCES firms (id),
  rank INT NOT NULL CHECK (rank >= 0),
  target TEXT NOT NULL REFERENCES clusters (id),
  PRIMARY KEY (owner, rank)
) STRICT;

CREATE TABLE applications (
  id TEXT NOT NULL PRIMARY KEY,
  firm_id TEXT NOT NULL REFERENCES firms (id),
  round_id TEXT NOT NULL REFERENCES rounds (id),
  area_min INT NOT NULL CHECK (area_min > 0),
  area_max INT NOT NULL,
  body TEXT NOT NULL,
  CHECK (area_max >= area_min)
) STRICT;
CREATE INDEX applications_round ON applications (round_id);
CREATE INDEX applications_firm ON applications (firm_id);

CREATE TABLE application_sites (
  owner TEXT NOT NULL REFERENCES applications (id),
  rank INT NOT NULL CHECK (rank >= 0),
  target TEXT NOT NULL REFERENCES sites (id),
  PRIMARY KEY (owner, rank)
) STRICT;

CREATE TABLE application_districts (
  owner TEXT NOT NULL REFERENCES applications (id),
  rank INT NOT NULL CHECK (rank >= 0),
  target TEXT NOT NULL REFERENCES districts (id),
  PRIMARY KEY (owner, rank)
) STRICT;

CREATE TABLE application_stations (
  owner TEXT NOT NULL REFERENCES applications (id),
  rank INT NOT NULL CHECK (rank >= 0),
  target TEXT NOT NULL REFERENCES stations (id),
  PRIMARY KEY (owner, rank)
) STRICT;
