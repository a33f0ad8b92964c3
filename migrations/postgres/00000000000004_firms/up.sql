-- Firms and their applications.
CREATE TABLE firms (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  credit_code TEXT NOT NULL UNIQUE,
  district_id TEXT COLLATE "C" NOT NULL REFERENCES districts (id),
  body TEXT NOT NULL
);

CREATE TABLE firm_fields (
  owner TEXT COLLATE "C" NOT NULL REFERENCES firms (id),
  rank INTEGER NOT NULL CHECK (rank >= 0),
  target TEXT COLLATE "C" NOT NULL REFERENCES clusters (id),
  PRIMARY KEY (owner, rank)
);

CREATE TABLE applications (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  firm_id TEXT COLLATE "C" NOT NULL REFERENCES firms (id),
  round_id TEXT COLLATE "C" NOT NULL REFERENCES rounds (id),
  area_min BIGINT NOT NULL CHECK (area_min > 0),
  area_max BIGINT NOT NULL,
  body TEXT NOT NULL,
  CHECK (area_max >= area_min)
);
CREATE INDEX applications_round ON applications (round_id);
CREATE INDEX applications_firm ON applications (firm_id);

CREATE TABLE application_sites (
  owner TEXT COLLATE "C" NOT NULL REFERENCES applications (id),
  rank INTEGER NOT NULL CHECK (rank >= 0),
  target TEXT COLLATE "C" NOT NULL REFERENCES sites (id),
  PRIMARY KEY (owner, rank)
);

CREATE TABLE application_districts (
  owner TEXT COLLATE "C" NOT NULL REFERENCES applications (id),
  rank INTEGER NOT NULL CHECK (rank >= 0),
  target TEXT COLLATE "C" NOT NULL REFERENCES districts (id),
  PRIMARY KEY (owner, rank)
);

CREATE TABLE application_stations (
  owner TEXT COLLATE "C" NOT NULL REFERENCES applications (id),
  rank INTEGER NOT NULL CHECK (rank >= 0),
  target TEXT COLLATE "C" NOT NULL REFERENCES stations (id),
  PRIMARY KEY (owner, rank)
);
