-- Where rounds stand, what was offered and signed, and the official calendar.
CREATE TABLE procedures (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES rounds (id),
  step TEXT NOT NULL CHECK (step IN ('preparing', 'guided', 'frozen', 'chosen', 'approved', 'publicised', 'confirmed', 'closed')),
  body TEXT NOT NULL
);

CREATE TABLE offers (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  application_id TEXT COLLATE "C" NOT NULL REFERENCES applications (id),
  firm_id TEXT COLLATE "C" NOT NULL REFERENCES firms (id),
  round_id TEXT COLLATE "C" NOT NULL REFERENCES rounds (id),
  district_id TEXT COLLATE "C" NOT NULL REFERENCES districts (id),
  stage TEXT NOT NULL CHECK (stage IN ('open', 'accepted', 'declined', 'expired', 'revoked', 'signed')),
  expires_on TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX offers_round ON offers (round_id, stage);
CREATE INDEX offers_firm ON offers (firm_id);
CREATE INDEX offers_application ON offers (application_id);
-- One live offer for an application.
CREATE UNIQUE INDEX offers_live ON offers (application_id) WHERE stage IN ('open', 'accepted');

CREATE TABLE contracts (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  application_id TEXT COLLATE "C" NOT NULL REFERENCES applications (id),
  firm_id TEXT COLLATE "C" NOT NULL REFERENCES firms (id),
  round_id TEXT COLLATE "C" NOT NULL REFERENCES rounds (id),
  district_id TEXT COLLATE "C" NOT NULL REFERENCES districts (id),
  stage TEXT NOT NULL CHECK (stage IN ('in_force', 'ended', 'terminated')),
  body TEXT NOT NULL
);
CREATE INDEX contracts_firm ON contracts (firm_id);
CREATE INDEX contracts_district ON contracts (district_id, stage);
CREATE INDEX contracts_application ON contracts (application_id);

CREATE TABLE calendar_days (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('holiday', 'makeup_workday')),
  body TEXT NOT NULL
);
