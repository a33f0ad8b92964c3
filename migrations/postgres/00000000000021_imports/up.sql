-- Files that came in, with the rows as they were, so that an import can be undone.
CREATE TABLE imports (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('done', 'undone')),
  body TEXT NOT NULL
);
