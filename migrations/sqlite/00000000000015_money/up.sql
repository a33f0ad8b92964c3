-- Money: changes of quotas, the ledger with its running balance, commitments, claims, settlements, payments,
-- bank accounts of firms, claw-backs.
CREATE TABLE quota_changes (
  id TEXT NOT NULL PRIMARY KEY,
  district_id TEXT NOT NULL REFERENCES districts (id),
  quota_id TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('proposed', 'released', 'refused')),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX quota_changes_quota ON quota_changes (quota_id);
-- One open change of a quota.
CREATE UNIQUE INDEX quota_changes_open ON quota_changes (quota_id) WHERE stage = 'proposed';

-- The running balance of each quota, kept by the ledger's own trigger. The check is the law: no account is
-- ever negative, and the accounts sum to what was granted.
CREATE TABLE quota_balances (
  id TEXT NOT NULL PRIMARY KEY REFERENCES quotas (id),
  entries INT NOT NULL,
  granted INT NOT NULL CHECK (granted >= 0),
  free INT NOT NULL CHECK (free >= 0),
  committed INT NOT NULL CHECK (committed >= 0),
  payable INT NOT NULL CHECK (payable >= 0),
  paid INT NOT NULL CHECK (paid >= 0),
  clawed_back INT NOT NULL CHECK (clawed_back >= 0),
  CHECK (granted = free + committed + payable + paid + clawed_back)
) STRICT;

CREATE TABLE commitments (
  id TEXT NOT NULL PRIMARY KEY,
  contract_id TEXT NOT NULL REFERENCES contracts (id),
  firm_id TEXT NOT NULL REFERENCES firms (id),
  district_id TEXT NOT NULL REFERENCES districts (id),
  quota_id TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('waiting', 'bound', 'closed')),
  amount_left INT NOT NULL CHECK (amount_left >= 0),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX commitments_contract ON commitments (contract_id);
CREATE INDEX commitments_quota ON commitments (quota_id);

CREATE TABLE settlements (
  id TEXT NOT NULL PRIMARY KEY,
  district_id TEXT NOT NULL REFERENCES districts (id),
  quota_id TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('proposed', 'approved', 'refused')),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX settlements_quota ON settlements (quota_id);
-- One open settlement of a quota.
CREATE UNIQUE INDEX settlements_open ON settlements (quota_id) WHERE stage = 'proposed';

CREATE TABLE payment_batches (
  id TEXT NOT NULL PRIMARY KEY,
  district_id TEXT NOT NULL REFERENCES districts (id),
  quota_id TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('made', 'exported', 'confirmed', 'dropped')),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX payment_batches_district ON payment_batches (district_id, stage);

CREATE TABLE claims (
  id TEXT NOT NULL PRIMARY KEY,
  contract_id TEXT NOT NULL REFERENCES contracts (id),
  firm_id TEXT NOT NULL REFERENCES firms (id),
  district_id TEXT NOT NULL REFERENCES districts (id),
  quota_id TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('prepared', 'submitted', 'returned', 'rejected', 'withdrawn', 'reviewed', 'settled', 'publicised', 'payable', 'batched', 'paid', 'closed')),
  open_to TEXT NOT NULL CHECK (open_to IN ('all', 'firm')),
  settlement TEXT REFERENCES settlements (id),
  batch TEXT REFERENCES payment_batches (id),
  held INT NOT NULL CHECK (held >= 0),
  due INT NOT NULL CHECK (due >= 0),
  paid INT NOT NULL CHECK (paid >= 0),
  recalled INT NOT NULL CHECK (recalled >= 0),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX claims_contract ON claims (contract_id);
CREATE INDEX claims_firm ON claims (firm_id);
CREATE INDEX claims_quota ON claims (quota_id, stage);

-- The months that live claims hold, as contract/2026-03: nobody claims a month twice.
CREATE TABLE claim_months (
  owner TEXT NOT NULL REFERENCES claims (id),
  rank INT NOT NULL,
  target TEXT NOT NULL UNIQUE,
  PRIMARY KEY (owner, rank)
) STRICT;

CREATE TABLE claw_backs (
  id TEXT NOT NULL PRIMARY KEY,
  contract_id TEXT NOT NULL REFERENCES contracts (id),
  claim_id TEXT NOT NULL REFERENCES claims (id),
  firm_id TEXT NOT NULL REFERENCES firms (id),
  district_id TEXT NOT NULL REFERENCES districts (id),
  stage TEXT NOT NULL CHECK (stage IN ('ordered', 'waiver_proposed', 'received', 'waived')),
  deadline TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX claw_backs_claim ON claw_backs (claim_id);
CREATE INDEX claw_backs_firm ON claw_backs (firm_id);
CREATE INDEX claw_backs_district ON claw_backs (district_id, stage);

-- Accounts of firms stand apart: what reads claims and batches never reads them.
CREATE TABLE bank_accounts (
  id TEXT NOT NULL PRIMARY KEY REFERENCES firms (id),
  body TEXT NOT NULL
) STRICT;

-- Budget years that are closed: nothing more is claimed from them.
CREATE TABLE year_ends (
  id TEXT NOT NULL PRIMARY KEY REFERENCES quotas (id),
  body TEXT NOT NULL
) STRICT;

CREATE TABLE ledger_entries (
  id TEXT NOT NULL PRIMARY KEY,
  quota_id TEXT NOT NULL REFERENCES quotas (id),
  seq INT NOT NULL CHECK (seq > 0),
  kind TEXT NOT NULL,
  amount INT NOT NULL CHECK (amount > 0),
  from_account TEXT NOT NULL CHECK (from_account IN ('granted', 'free', 'committed', 'payable', 'paid', 'clawed_back')),
  to_account TEXT NOT NULL CHECK (to_account IN ('granted', 'free', 'committed', 'payable', 'paid', 'clawed_back')),
  contract_id TEXT REFERENCES contracts (id),
  claim_id TEXT REFERENCES claims (id),
  body TEXT NOT NULL,
  UNIQUE (quota_id, seq),
  CHECK (from_account <> to_account)
) STRICT;
CREATE INDEX ledger_entries_contract ON ledger_entries (contract_id);
CREATE INDEX ledger_entries_claim ON ledger_entries (claim_id);

-- Entries are only ever added, each with the next number of its quota, and each moves the balance.
CREATE TRIGGER ledger_entries_no_update BEFORE UPDATE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'zhuchao:append_only'); END;
CREATE TRIGGER ledger_entries_no_delete BEFORE DELETE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'zhuchao:append_only'); END;
-- REPLACE deletes without firing the delete trigger; the number in order refuses it, too.
CREATE TRIGGER ledger_entries_in_order BEFORE INSERT ON ledger_entries
WHEN NEW.seq <> COALESCE((SELECT entries FROM quota_balances WHERE id = NEW.quota_id), 0) + 1
BEGIN SELECT RAISE(ABORT, 'zhuchao:append_only'); END;
CREATE TRIGGER ledger_entries_balance AFTER INSERT ON ledger_entries
BEGIN
  INSERT INTO quota_balances (id, entries, granted, free, committed, payable, paid, clawed_back)
  SELECT NEW.quota_id, 0, 0, 0, 0, 0, 0, 0
  WHERE NOT EXISTS (SELECT 1 FROM quota_balances WHERE id = NEW.quota_id);
  UPDATE quota_balances SET entries = NEW.seq,
    granted = granted - (CASE WHEN NEW.to_account = 'granted' THEN NEW.amount WHEN NEW.from_account = 'granted' THEN -NEW.amount ELSE 0 END),
    free = free + (CASE WHEN NEW.to_account = 'free' THEN NEW.amount WHEN NEW.from_account = 'free' THEN -NEW.amount ELSE 0 END),
    committed = committed + (CASE WHEN NEW.to_account = 'committed' THEN NEW.amount WHEN NEW.from_account = 'committed' THEN -NEW.amount ELSE 0 END),
    payable = payable + (CASE WHEN NEW.to_account = 'payable' THEN NEW.amount WHEN NEW.from_account = 'payable' THEN -NEW.amount ELSE 0 END),
    paid = paid + (CASE WHEN NEW.to_account = 'paid' THEN NEW.amount WHEN NEW.from_account = 'paid' THEN -NEW.amount ELSE 0 END),
    clawed_back = clawed_back + (CASE WHEN NEW.to_account = 'clawed_back' THEN NEW.amount WHEN NEW.from_account = 'clawed_back' THEN -NEW.amount ELSE 0 END)
  WHERE id = NEW.quota_id;
END;
-- A quota with a ledger is what the ledger granted; only a release changes it.
CREATE TRIGGER quotas_as_granted BEFORE UPDATE ON quotas
WHEN EXISTS (SELECT 1 FROM quota_balances WHERE id = NEW.id AND granted <> NEW.amount)
BEGIN SELECT RAISE(ABORT, 'zhuchao:quota_ledgered'); END;
