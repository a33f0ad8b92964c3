-- Snapshots and plans: named by the SHA-256 of their bytes, never changed.
CREATE TABLE snapshots (
  digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
  round_id TEXT NOT NULL REFERENCES rounds (id),
  frozen_at TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE plans (
  digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
  snapshot TEXT NOT NULL REFERENCES snapshots (digest),
  parent TEXT REFERENCES plans (digest),
  round_id TEXT NOT NULL REFERENCES rounds (id),
  created_at TEXT NOT NULL,
  body TEXT NOT NULL,
  CHECK (parent <> digest)
) STRICT;
CREATE INDEX plans_round ON plans (round_id, created_at);

-- REPLACE deletes without firing the delete trigger, hence the third one.
CREATE TRIGGER snapshots_no_update BEFORE UPDATE ON snapshots
BEGIN SELECT RAISE(ABORT, 'zhuchao:immutable'); END;
CREATE TRIGGER snapshots_no_delete BEFORE DELETE ON snapshots
BEGIN SELECT RAISE(ABORT, 'zhuchao:immutable'); END;
CREATE TRIGGER snapshots_no_replace BEFORE INSERT ON snapshots
WHEN EXISTS (SELECT 1 FROM snapshots WHERE digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'zhuchao:immutable'); END;

-- REPLACE deletes without firing the delete trigger, hence the third one.
CREATE TRIGGER plans_no_update BEFORE UPDATE ON plans
BEGIN SELECT RAISE(ABORT, 'zhuchao:immutable'); END;
CREATE TRIGGER plans_no_delete BEFORE DELETE ON plans
BEGIN SELECT RAISE(ABORT, 'zhuchao:immutable'); END;
CREATE TRIGGER plans_no_replace BEFORE INSERT ON plans
WHEN EXISTS (SELECT 1 FROM plans WHERE digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'zhuchao:immutable'); END;
