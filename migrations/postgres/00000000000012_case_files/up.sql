-- Cases as queues see them; profiles of firms with their controllers; the bytes of evidence.
ALTER TABLE cases ADD COLUMN flagged TEXT NOT NULL DEFAULT 'none' CHECK (flagged IN ('none', 'open', 'cleared'));
-- A firm's draft is its own until it is submitted.
ALTER TABLE cases ADD COLUMN open_to TEXT NOT NULL DEFAULT 'all' CHECK (open_to IN ('firm', 'all'));

CREATE TABLE profiles (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES firms (id),
  district_id TEXT COLLATE "C" NOT NULL REFERENCES districts (id),
  stage TEXT NOT NULL CHECK (stage IN ('declared', 'verified', 'refused')),
  body TEXT NOT NULL
);
CREATE INDEX profiles_district ON profiles (district_id, stage);

-- Marks by which a common controller is found; they name no row of another table.
CREATE TABLE profile_controllers (
  owner TEXT COLLATE "C" NOT NULL REFERENCES profiles (id),
  rank INT NOT NULL CHECK (rank >= 0),
  target TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (owner, rank)
);
CREATE INDEX profile_controllers_target ON profile_controllers (target);

-- Bytes of evidence, named by whose it is and their SHA-256. Rows are never changed.
CREATE TABLE case_files (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  holder TEXT COLLATE "C" NOT NULL,
  digest TEXT COLLATE "C" NOT NULL CHECK (length(digest) = 64),
  bytes BYTEA NOT NULL
);
CREATE INDEX case_files_holder ON case_files (holder);
