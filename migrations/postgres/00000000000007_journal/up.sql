-- The journal: one row per act, chained by hash, never changed. `prev_hash` is unique, so the
-- chain cannot fork whatever the isolation level.
CREATE TABLE journal (
  seq BIGINT NOT NULL PRIMARY KEY CHECK (seq > 0),
  at TIMESTAMP NOT NULL,
  actor TEXT NOT NULL,
  act TEXT NOT NULL,
  subject TEXT NOT NULL,
  before_digest TEXT,
  after_digest TEXT,
  prev_hash TEXT NOT NULL UNIQUE CHECK (length(prev_hash) = 64),
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
);
CREATE INDEX journal_subject ON journal (subject);
CREATE INDEX journal_after ON journal (after_digest);

CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON journal
  FOR EACH ROW EXECUTE FUNCTION zhuchao_immutable();
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal
  FOR EACH STATEMENT EXECUTE FUNCTION zhuchao_immutable();

CREATE FUNCTION zhuchao_journal_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last_seq BIGINT;
  last_hash TEXT;
BEGIN
  SELECT seq, hash INTO last_seq, last_hash FROM journal ORDER BY seq DESC LIMIT 1;
  IF NEW.seq <> COALESCE(last_seq, 0) + 1 OR NEW.prev_hash <> COALESCE(last_hash, repeat('0', 64)) THEN
    RAISE EXCEPTION 'zhuchao:append_only';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER journal_in_order BEFORE INSERT ON journal
  FOR EACH ROW EXECUTE FUNCTION zhuchao_journal_in_order();

-- Held by every writing transaction: one writer at a time, as on SQLite. A table of its own and
-- always empty, because vacuum never touches it; LOCK TABLE takes no snapshot, so a
-- serializable transaction that waited for it still sees what its predecessor committed.
CREATE TABLE writer_turn (nothing BOOLEAN);
