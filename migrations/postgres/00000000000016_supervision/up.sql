-- Supervision: quarterly statements, draws of spot checks, visits, findings, and what decisions bring into being.
CREATE TABLE statements (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  contract_id TEXT COLLATE "C" NOT NULL REFERENCES contracts (id),
  firm_id TEXT COLLATE "C" NOT NULL REFERENCES firms (id),
  district_id TEXT COLLATE "C" NOT NULL REFERENCES districts (id),
  quarter TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('prepared', 'filed', 'returned', 'confirmed')),
  body TEXT NOT NULL
);
CREATE INDEX statements_contract ON statements (contract_id);
CREATE INDEX statements_firm ON statements (firm_id);
CREATE INDEX statements_district ON statements (district_id, stage);

CREATE TABLE draws (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  district_id TEXT COLLATE "C" REFERENCES districts (id),
  stage TEXT NOT NULL CHECK (stage IN ('announced', 'frozen', 'drawn')),
  list_digest TEXT COLLATE "C",
  body TEXT NOT NULL
);
CREATE INDEX draws_district ON draws (district_id, stage);

CREATE TABLE visits (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  contract_id TEXT COLLATE "C" NOT NULL REFERENCES contracts (id),
  firm_id TEXT COLLATE "C" NOT NULL REFERENCES firms (id),
  district_id TEXT COLLATE "C" NOT NULL REFERENCES districts (id),
  draw_id TEXT COLLATE "C" REFERENCES draws (id),
  body TEXT NOT NULL
);
CREATE INDEX visits_contract ON visits (contract_id);
CREATE INDEX visits_firm ON visits (firm_id);
CREATE INDEX visits_district ON visits (district_id);

-- A drawn contract is visited once for the draw.
CREATE UNIQUE INDEX visits_once ON visits (draw_id, contract_id);

CREATE TABLE findings (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  visit_id TEXT COLLATE "C" NOT NULL REFERENCES visits (id),
  contract_id TEXT COLLATE "C" NOT NULL REFERENCES contracts (id),
  firm_id TEXT COLLATE "C" NOT NULL REFERENCES firms (id),
  district_id TEXT COLLATE "C" NOT NULL REFERENCES districts (id),
  kind TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('open', 'replied', 'dismissed', 'decided', 'mended', 'closed')),
  reply_due TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX findings_visit ON findings (visit_id);
CREATE INDEX findings_contract ON findings (contract_id);
CREATE INDEX findings_firm ON findings (firm_id);
CREATE INDEX findings_district ON findings (district_id, stage);

CREATE TABLE bans (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  firm_id TEXT COLLATE "C" NOT NULL REFERENCES firms (id),
  district_id TEXT COLLATE "C" NOT NULL REFERENCES districts (id),
  finding_id TEXT COLLATE "C" NOT NULL REFERENCES findings (id),
  stage TEXT NOT NULL CHECK (stage IN ('standing', 'lifted')),
  until_day TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX bans_firm ON bans (firm_id, stage);
CREATE INDEX bans_district ON bans (district_id, stage);

CREATE TABLE suspensions (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  contract_id TEXT COLLATE "C" NOT NULL REFERENCES contracts (id),
  firm_id TEXT COLLATE "C" NOT NULL REFERENCES firms (id),
  district_id TEXT COLLATE "C" NOT NULL REFERENCES districts (id),
  finding_id TEXT COLLATE "C" NOT NULL REFERENCES findings (id),
  stage TEXT NOT NULL CHECK (stage IN ('standing', 'lifted')),
  body TEXT NOT NULL
);
CREATE INDEX suspensions_contract ON suspensions (contract_id, stage);
CREATE INDEX suspensions_firm ON suspensions (firm_id);
CREATE INDEX suspensions_district ON suspensions (district_id, stage);

CREATE TABLE claw_back_proposals (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  contract_id TEXT COLLATE "C" NOT NULL REFERENCES contracts (id),
  firm_id TEXT COLLATE "C" NOT NULL REFERENCES firms (id),
  district_id TEXT COLLATE "C" NOT NULL REFERENCES districts (id),
  finding_id TEXT COLLATE "C" NOT NULL REFERENCES findings (id),
  stage TEXT NOT NULL CHECK (stage IN ('open', 'ordered', 'dropped')),
  body TEXT NOT NULL
);
CREATE INDEX claw_back_proposals_contract ON claw_back_proposals (contract_id);
CREATE INDEX claw_back_proposals_firm ON claw_back_proposals (firm_id);
CREATE INDEX claw_back_proposals_district ON claw_back_proposals (district_id, stage);

