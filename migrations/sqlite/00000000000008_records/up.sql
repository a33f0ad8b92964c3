-- Records: what an act saw and left behind, as canonical JSON named by its SHA-256, never changed. The
-- journal names them; together they let any past decision be rebuilt.
CREATE TABLE records (
  digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
  body TEXT NOT NULL
) STRICT;
-- REPLACE deletes without firing the delete trigger, hence the third one.
CREATE TRIGGER records_no_update BEFORE UPDATE ON records
BEGIN SELECT RAISE(ABORT, 'zhuchao:immutable'); END;
CREATE TRIGGER records_no_delete BEFORE DELETE ON records
BEGIN SELECT RAISE(ABORT, 'zhuchao:immutable'); END;
CREATE TRIGGER records_no_replace BEFORE INSERT ON records
WHEN EXISTS (SELECT 1 FROM records WHERE digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'zhuchao:immutable'); END;

-- Acts that a client marked with a key, so that asking twice does once.
CREATE TABLE repeats (
  id TEXT NOT NULL PRIMARY KEY,
  at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX repeats_at ON repeats (at);
