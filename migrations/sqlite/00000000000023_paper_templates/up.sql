-- Versions of the template of notices; their files stand in case_files.
CREATE TABLE paper_templates (
  id TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL UNIQUE CHECK (version > 0),
  body TEXT NOT NULL
) STRICT;
