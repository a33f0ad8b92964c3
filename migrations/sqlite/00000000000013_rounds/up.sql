-- Objections against awards, the waiting list of a confirmed round, and what was made of what was given back.
CREATE TABLE objections (
  id TEXT NOT NULL PRIMARY KEY,
  round_id TEXT NOT NULL REFERENCES rounds (id),
  application_id TEXT NOT NULL REFERENCES applications (id),
  firm_id TEXT REFERENCES firms (id),
  district_id TEXT NOT NULL REFERENCES districts (id),
  stage TEXT NOT NULL CHECK (stage IN ('open', 'upheld', 'dismissed')),
  due TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX objections_round ON objections (round_id, stage);
CREATE INDEX objections_firm ON objections (firm_id);

CREATE TABLE waiters (
  id TEXT NOT NULL PRIMARY KEY REFERENCES applications (id),
  firm_id TEXT NOT NULL REFERENCES firms (id),
  round_id TEXT NOT NULL REFERENCES rounds (id),
  district_id TEXT NOT NULL REFERENCES districts (id),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX waiters_round ON waiters (round_id);
CREATE INDEX waiters_firm ON waiters (firm_id);

CREATE TABLE successions (
  id TEXT NOT NULL PRIMARY KEY,
  round_id TEXT NOT NULL REFERENCES rounds (id),
  snapshot TEXT NOT NULL REFERENCES snapshots (digest),
  plan TEXT NOT NULL REFERENCES plans (digest),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX successions_round ON successions (round_id);
