-- Files that came in and changed something.
CREATE TABLE imports (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('done', 'undone')),
  body TEXT NOT NULL
) STRICT;

-- The rows of an import as they were; gone once it is undone.
CREATE TABLE import_rows (
  id TEXT NOT NULL PRIMARY KEY REFERENCES imports (id),
  body TEXT NOT NULL
) STRICT;
