-- The journal: one row per act, chained by hash, never changed. `prev_hash` is unique, so the
-- chain cannot fork whatever the isolation level.
CREATE TABLE journal (
  seq INT NOT NULL PRIMARY KEY CHECK (seq > 0),
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  act TEXT NOT NULL,
  subject TEXT NOT NULL,
  before_digest TEXT,
  after_digest TEXT,
  prev_hash TEXT NOT NULL UNIQUE CHECK (length(prev_hash) = 64),
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX journal_subject ON journal (subject);
CREATE INDEX journal_after ON journal (after_digest);

-- REPLACE deletes without firing the delete trigger, hence the third one.
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'zhuchao:append_only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'zhuchao:append_only'); END;
CREATE TRIGGER journal_no_replace BEFORE INSERT ON journal
WHEN EXISTS (SELECT 1 FROM journal WHERE seq = NEW.seq OR prev_hash = NEW.prev_hash OR hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'zhuchao:append_only'); END;

CREATE TRIGGER journal_in_order BEFORE INSERT ON journal
WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal)
  OR NEW.prev_hash <> COALESCE((SELECT hash FROM journal WHERE seq = NEW.seq - 1),
    '0000000000000000000000000000000000000000000000000000000000000000')
BEGIN SELECT RAISE(ABORT, 'zhuchao:append_only'); END;
