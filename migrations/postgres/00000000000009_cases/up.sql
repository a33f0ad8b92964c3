-- Cases: applications on their way from the draft to the verdict. The application's own row is written
-- when it is submitted.
CREATE TABLE cases (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  firm_id TEXT COLLATE "C" NOT NULL REFERENCES firms (id),
  round_id TEXT COLLATE "C" NOT NULL REFERENCES rounds (id),
  district_id TEXT COLLATE "C" NOT NULL REFERENCES districts (id),
  stage TEXT NOT NULL CHECK (stage IN ('draft', 'prepared', 'submitted', 'returned', 'accepted', 'verified', 'rejected', 'withdrawn')),
  body TEXT NOT NULL
);
CREATE INDEX cases_firm ON cases (firm_id);
CREATE INDEX cases_round ON cases (round_id, stage);
CREATE INDEX cases_district ON cases (district_id, stage);
