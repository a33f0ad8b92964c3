-- Browsing the journal; erasures: content that was taken out when its time was over, its digest kept.
CREATE INDEX journal_act ON journal (act, seq);
CREATE INDEX journal_actor ON journal (actor, seq);
CREATE INDEX journal_at ON journal (at);

CREATE TABLE erasures (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('file', 'record')),
  digest TEXT COLLATE "C" NOT NULL CHECK (length(digest) = 64),
  rule TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE TRIGGER erasures_no_change BEFORE UPDATE OR DELETE ON erasures
  FOR EACH ROW EXECUTE FUNCTION zhuchao_immutable();
CREATE TRIGGER erasures_no_truncate BEFORE TRUNCATE ON erasures
  FOR EACH STATEMENT EXECUTE FUNCTION zhuchao_immutable();

-- A record goes only when its erasure is stored.
CREATE FUNCTION zhuchao_record_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM erasures WHERE id = 'record ' || OLD.digest) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'zhuchao:immutable';
END $$;
DROP TRIGGER records_no_change ON records;
CREATE TRIGGER records_no_change BEFORE UPDATE OR DELETE ON records
  FOR EACH ROW EXECUTE FUNCTION zhuchao_record_kept();
