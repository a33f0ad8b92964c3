-- Versions of the template of notices; their files stand in case_files.
CREATE TABLE paper_templates (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL UNIQUE CHECK (version > 0),
  body TEXT NOT NULL
);
