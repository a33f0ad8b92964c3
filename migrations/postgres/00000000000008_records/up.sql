-- Records: what an act saw and left behind, as canonical JSON named by its SHA-256, never changed. The
-- journal names them; together they let any past decision be rebuilt.
CREATE TABLE records (
  digest TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
  body TEXT NOT NULL
);
CREATE TRIGGER records_no_change BEFORE UPDATE OR DELETE ON records
  FOR EACH ROW EXECUTE FUNCTION zhuchao_immutable();
CREATE TRIGGER records_no_truncate BEFORE TRUNCATE ON records
  FOR EACH STATEMENT EXECUTE FUNCTION zhuchao_immutable();

-- Acts that a client marked with a key, so that asking twice does once.
CREATE TABLE repeats (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  at TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX repeats_at ON repeats (at);
