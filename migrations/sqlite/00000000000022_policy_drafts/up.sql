-- Policies that one officer proposes and another releases.
CREATE TABLE policy_drafts (
  id TEXT NOT NULL PRIMARY KEY,
  stage TEXT NOT NULL CHECK (stage IN ('proposed', 'released', 'refused')),
  body TEXT NOT NULL
) STRICT;
