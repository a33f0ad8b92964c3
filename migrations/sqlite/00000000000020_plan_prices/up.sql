-- Prices that the run of a plan ended with, beside the plan: its file and digest do not know them.
CREATE TABLE plan_prices (
  id TEXT NOT NULL PRIMARY KEY REFERENCES plans (digest),
  body TEXT NOT NULL
) STRICT;
