-- Who has an account, with what secrets apart, and the traces of signing in. Traces (sessions, tickets,
-- attempts, sightings, otp_uses, token_keys) are bookkeeping: see the store's traces.
CREATE TABLE accounts (
  id TEXT NOT NULL PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  role TEXT CHECK (role IN ('firm_preparer', 'firm_approver', 'district_reviewer', 'district_approver', 'bureau_planner', 'bureau_approver', 'system_admin', 'security_admin', 'audit_admin')),
  state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'disabled')),
  firm_id TEXT REFERENCES firms (id),
  district_id TEXT REFERENCES districts (id),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX accounts_firm ON accounts (firm_id);
CREATE INDEX accounts_district ON accounts (district_id);
CREATE INDEX accounts_role ON accounts (role, state);

CREATE TABLE secrets (
  id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
  body TEXT NOT NULL
) STRICT;

CREATE TABLE setup_codes (
  id TEXT NOT NULL PRIMARY KEY,
  role TEXT NOT NULL CHECK (role IN ('system_admin', 'security_admin', 'audit_admin')),
  body TEXT NOT NULL
) STRICT;

CREATE TABLE api_tokens (
  id TEXT NOT NULL PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX api_tokens_account ON api_tokens (account_id);

CREATE TABLE token_keys (
  id TEXT NOT NULL PRIMARY KEY,
  token_id TEXT NOT NULL REFERENCES api_tokens (id),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX token_keys_token ON token_keys (token_id);

CREATE TABLE sessions (
  id TEXT NOT NULL PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  digest TEXT NOT NULL UNIQUE,
  ip TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_expires ON sessions (expires_at);

CREATE TABLE tickets (
  id TEXT NOT NULL PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  expires_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX tickets_expires ON tickets (expires_at);
CREATE INDEX tickets_account ON tickets (account_id);

CREATE TABLE attempts (
  id TEXT NOT NULL PRIMARY KEY,
  at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX attempts_at ON attempts (at);

CREATE TABLE sightings (
  id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
  body TEXT NOT NULL
) STRICT;

CREATE TABLE otp_uses (
  id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
  body TEXT NOT NULL
) STRICT;
