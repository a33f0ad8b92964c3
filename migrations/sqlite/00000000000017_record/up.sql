-- Browsing the journal; erasures: content that was taken out when its time was over, its digest kept.
CREATE INDEX journal_act ON journal (act, seq);
CREATE INDEX journal_actor ON journal (actor, seq);
CREATE INDEX journal_at ON journal (at);

CREATE TABLE erasures (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('file', 'record')),
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  rule TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE TRIGGER erasures_no_update BEFORE UPDATE ON erasures
BEGIN SELECT RAISE(ABORT, 'zhuchao:immutable'); END;
CREATE TRIGGER erasures_no_delete BEFORE DELETE ON erasures
BEGIN SELECT RAISE(ABORT, 'zhuchao:immutable'); END;
CREATE TRIGGER erasures_no_replace BEFORE INSERT ON erasures
WHEN EXISTS (SELECT 1 FROM erasures WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'zhuchao:immutable'); END;

-- A record goes only when its erasure is stored.
DROP TRIGGER records_no_delete;
CREATE TRIGGER records_no_delete BEFORE DELETE ON records
WHEN NOT EXISTS (SELECT 1 FROM erasures WHERE id = 'record ' || OLD.digest)
BEGIN SELECT RAISE(ABORT, 'zhuchao:immutable'); END;
