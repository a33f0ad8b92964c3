-- A task may offer on what is free in a round. SQLite cannot change a check, so the table is made anew; what
-- refers to it steps aside for that long.
CREATE TABLE kept_leases AS SELECT * FROM leases;
CREATE TABLE kept_progress AS SELECT * FROM task_progress;
DELETE FROM leases;
DELETE FROM task_progress;

CREATE TABLE tasks_anew (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('plan_round', 'offer_next')),
  round_id TEXT NOT NULL REFERENCES rounds (id),
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  body TEXT NOT NULL
) STRICT;
INSERT INTO tasks_anew (id, kind, round_id, state, body) SELECT id, kind, round_id, state, body FROM tasks;
DROP TABLE tasks;
ALTER TABLE tasks_anew RENAME TO tasks;
CREATE INDEX tasks_state ON tasks (state);
CREATE INDEX tasks_round ON tasks (round_id);

INSERT INTO leases (id, until, body) SELECT id, until, body FROM kept_leases;
INSERT INTO task_progress (id, task_id, body) SELECT id, task_id, body FROM kept_progress;
DROP TABLE kept_leases;
DROP TABLE kept_progress;
