-- Rounds, policy documents and quotas.
CREATE TABLE rounds (
  id TEXT NOT NULL PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('open', 'frozen', 'planned')),
  body TEXT NOT NULL
) STRICT;

CREATE TABLE policies (
  id TEXT NOT NULL PRIMARY KEY,
  created_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE quotas (
  id TEXT NOT NULL PRIMARY KEY,
  district_id TEXT NOT NULL REFERENCES districts (id),
  year INT NOT NULL CHECK (year BETWEEN 2000 AND 2200),
  item TEXT NOT NULL,
  amount INT NOT NULL CHECK (amount >= 0),
  body TEXT NOT NULL,
  UNIQUE (district_id, year, item)
) STRICT;
