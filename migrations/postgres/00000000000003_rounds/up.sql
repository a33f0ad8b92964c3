-- Rounds, policy documents and quotas.
CREATE TABLE rounds (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('open', 'frozen', 'planned')),
  body TEXT NOT NULL
);

CREATE TABLE policies (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  created_at TIMESTAMP NOT NULL,
  body TEXT NOT NULL
);

CREATE TABLE quotas (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  district_id TEXT COLLATE "C" NOT NULL REFERENCES districts (id),
  year INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2200),
  item TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount >= 0),
  body TEXT NOT NULL,
  UNIQUE (district_id, year, item)
);
