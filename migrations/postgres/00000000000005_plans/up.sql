-- Snapshots and plans: named by the SHA-256 of their bytes, never changed.
CREATE TABLE snapshots (
  digest TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
  round_id TEXT COLLATE "C" NOT NULL REFERENCES rounds (id),
  frozen_at TIMESTAMP NOT NULL,
  bytes BYTEA NOT NULL
);

CREATE TABLE plans (
  digest TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
  snapshot TEXT COLLATE "C" NOT NULL REFERENCES snapshots (digest),
  parent TEXT COLLATE "C" REFERENCES plans (digest),
  round_id TEXT COLLATE "C" NOT NULL REFERENCES rounds (id),
  created_at TIMESTAMP NOT NULL,
  body TEXT NOT NULL,
  CHECK (parent <> digest)
);
CREATE INDEX plans_round ON plans (round_id, created_at);

CREATE FUNCTION zhuchao_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'journal' THEN RAISE EXCEPTION 'zhuchao:append_only'; END IF;
  RAISE EXCEPTION 'zhuchao:immutable';
END $$;
CREATE TRIGGER snapshots_no_change BEFORE UPDATE OR DELETE ON snapshots
  FOR EACH ROW EXECUTE FUNCTION zhuchao_immutable();
CREATE TRIGGER snapshots_no_truncate BEFORE TRUNCATE ON snapshots
  FOR EACH STATEMENT EXECUTE FUNCTION zhuchao_immutable();
CREATE TRIGGER plans_no_change BEFORE UPDATE OR DELETE ON plans
  FOR EACH ROW EXECUTE FUNCTION zhuchao_immutable();
CREATE TRIGGER plans_no_truncate BEFORE TRUNCATE ON plans
  FOR EACH STATEMENT EXECUTE FUNCTION zhuchao_immutable();
