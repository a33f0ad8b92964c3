-- Long work, who holds it, how it goes; scenarios and the snapshots they make.
CREATE TABLE tasks (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('plan_round')),
  round_id TEXT NOT NULL REFERENCES rounds (id),
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX tasks_state ON tasks (state);
CREATE INDEX tasks_round ON tasks (round_id);

CREATE TABLE leases (
  id TEXT NOT NULL PRIMARY KEY REFERENCES tasks (id),
  until TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE task_progress (
  id TEXT NOT NULL PRIMARY KEY,
  task_id TEXT NOT NULL REFERENCES tasks (id),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX task_progress_task ON task_progress (task_id);

CREATE TABLE scenarios (
  id TEXT NOT NULL PRIMARY KEY,
  round_id TEXT NOT NULL REFERENCES rounds (id),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX scenarios_round ON scenarios (round_id);

-- A variant is a snapshot too, but never the newest one of its round.
CREATE TABLE variants (
  id TEXT NOT NULL PRIMARY KEY REFERENCES snapshots (digest),
  round_id TEXT NOT NULL REFERENCES rounds (id),
  scenario_id TEXT NOT NULL REFERENCES scenarios (id),
  base TEXT NOT NULL REFERENCES snapshots (digest),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX variants_scenario ON variants (scenario_id);
CREATE INDEX variants_round ON variants (round_id);
