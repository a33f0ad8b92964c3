-- Who holds what, and when. An allocation in the state 'ended' holds nothing.
-- Days are half-open [from_day, until_day); no until_day = open.
CREATE TABLE unit_allocations (
  id TEXT NOT NULL PRIMARY KEY,
  unit_id TEXT NOT NULL REFERENCES units (id),
  application_id TEXT NOT NULL REFERENCES applications (id),
  plan TEXT REFERENCES plans (digest),
  contract TEXT,
  whole INT NOT NULL CHECK (whole IN (0, 1)),
  area INT NOT NULL CHECK (area > 0),
  from_day TEXT NOT NULL CHECK (date(from_day) IS from_day),
  until_day TEXT CHECK (date(until_day) IS until_day),
  state TEXT NOT NULL CHECK (state IN ('reserved', 'let', 'ended')),
  CHECK (until_day > from_day),
  CHECK (plan IS NOT NULL OR contract IS NOT NULL)
) STRICT;
CREATE INDEX unit_allocations_unit ON unit_allocations (unit_id, from_day);
CREATE INDEX unit_allocations_application ON unit_allocations (application_id);

CREATE TABLE apartment_allocations (
  id TEXT NOT NULL PRIMARY KEY,
  apartment_type_id TEXT NOT NULL REFERENCES apartment_types (id),
  application_id TEXT NOT NULL REFERENCES applications (id),
  plan TEXT REFERENCES plans (digest),
  contract TEXT,
  count INT NOT NULL CHECK (count > 0),
  from_day TEXT NOT NULL CHECK (date(from_day) IS from_day),
  until_day TEXT CHECK (date(until_day) IS until_day),
  state TEXT NOT NULL CHECK (state IN ('reserved', 'let', 'ended')),
  CHECK (until_day > from_day),
  CHECK (plan IS NOT NULL OR contract IS NOT NULL)
) STRICT;
CREATE INDEX apartment_allocations_type ON apartment_allocations (apartment_type_id, from_day);
CREATE INDEX apartment_allocations_application ON apartment_allocations (application_id);

-- No unit over-let on any day. What is let on a day is largest on a first day of a letting, so
-- testing the first days inside the new letting is exact. AFTER, so that the table is already
-- in its new state whatever statement (also REPLACE) led there.
CREATE TRIGGER unit_allocations_fit_insert AFTER INSERT ON unit_allocations
WHEN NEW.state <> 'ended'
BEGIN
  SELECT RAISE(ABORT, 'zhuchao:unit_in_part') FROM units u
  WHERE u.id = NEW.unit_id AND (NEW.area <> u.area) = NEW.whole;
  SELECT RAISE(ABORT, 'zhuchao:unit_in_part') FROM units u
  WHERE u.id = NEW.unit_id AND u.smallest_lot IS NULL AND NOT NEW.whole;
  SELECT RAISE(ABORT, 'zhuchao:unit_over_let') WHERE EXISTS (
    SELECT 1 FROM (
      SELECT DISTINCT from_day FROM unit_allocations
      WHERE unit_id = NEW.unit_id AND state <> 'ended' AND from_day >= NEW.from_day
        AND (NEW.until_day IS NULL OR from_day < NEW.until_day)) s
    WHERE (SELECT SUM(a.area) FROM unit_allocations a
           WHERE a.unit_id = NEW.unit_id AND a.state <> 'ended' AND a.from_day <= s.from_day
             AND (a.until_day IS NULL OR a.until_day > s.from_day))
          > (SELECT u.area FROM units u WHERE u.id = NEW.unit_id));
END;
CREATE TRIGGER unit_allocations_fit_update AFTER UPDATE ON unit_allocations
WHEN NEW.state <> 'ended'
BEGIN
  SELECT RAISE(ABORT, 'zhuchao:unit_in_part') FROM units u
  WHERE u.id = NEW.unit_id AND (NEW.area <> u.area) = NEW.whole;
  SELECT RAISE(ABORT, 'zhuchao:unit_in_part') FROM units u
  WHERE u.id = NEW.unit_id AND u.smallest_lot IS NULL AND NOT NEW.whole;
  SELECT RAISE(ABORT, 'zhuchao:unit_over_let') WHERE EXISTS (
    SELECT 1 FROM (
      SELECT DISTINCT from_day FROM unit_allocations
      WHERE unit_id = NEW.unit_id AND state <> 'ended' AND from_day >= NEW.from_day
        AND (NEW.until_day IS NULL OR from_day < NEW.until_day)) s
    WHERE (SELECT SUM(a.area) FROM unit_allocations a
           WHERE a.unit_id = NEW.unit_id AND a.state <> 'ended' AND a.from_day <= s.from_day
             AND (a.until_day IS NULL OR a.until_day > s.from_day))
          > (SELECT u.area FROM units u WHERE u.id = NEW.unit_id));
END;

-- A unit cannot shrink below what is let, nor turn whole while let in part, nor change its area
-- while let whole.
CREATE TRIGGER units_let_insert AFTER INSERT ON units
BEGIN
  SELECT RAISE(ABORT, 'zhuchao:unit_in_part') FROM unit_allocations a
  WHERE a.unit_id = NEW.id AND a.state <> 'ended'
    AND ((a.whole AND a.area <> NEW.area) OR (NEW.smallest_lot IS NULL AND NOT a.whole));
  SELECT RAISE(ABORT, 'zhuchao:unit_over_let') FROM (
    SELECT DISTINCT from_day FROM unit_allocations WHERE unit_id = NEW.id AND state <> 'ended') s
  WHERE (SELECT SUM(a.area) FROM unit_allocations a
         WHERE a.unit_id = NEW.id AND a.state <> 'ended' AND a.from_day <= s.from_day
           AND (a.until_day IS NULL OR a.until_day > s.from_day)) > NEW.area;
END;
CREATE TRIGGER units_let_update AFTER UPDATE ON units
BEGIN
  SELECT RAISE(ABORT, 'zhuchao:unit_in_part') FROM unit_allocations a
  WHERE a.unit_id = NEW.id AND a.state <> 'ended'
    AND ((a.whole AND a.area <> NEW.area) OR (NEW.smallest_lot IS NULL AND NOT a.whole));
  SELECT RAISE(ABORT, 'zhuchao:unit_over_let') FROM (
    SELECT DISTINCT from_day FROM unit_allocations WHERE unit_id = NEW.id AND state <> 'ended') s
  WHERE (SELECT SUM(a.area) FROM unit_allocations a
         WHERE a.unit_id = NEW.id AND a.state <> 'ended' AND a.from_day <= s.from_day
           AND (a.until_day IS NULL OR a.until_day > s.from_day)) > NEW.area;
END;

-- The same for apartments and their count.
CREATE TRIGGER apartment_allocations_fit_insert AFTER INSERT ON apartment_allocations
WHEN NEW.state <> 'ended'
BEGIN
  SELECT RAISE(ABORT, 'zhuchao:apartment_over_let') WHERE EXISTS (
    SELECT 1 FROM (
      SELECT DISTINCT from_day FROM apartment_allocations
      WHERE apartment_type_id = NEW.apartment_type_id AND state <> 'ended' AND from_day >= NEW.from_day
        AND (NEW.until_day IS NULL OR from_day < NEW.until_day)) s
    WHERE (SELECT SUM(a.count) FROM apartment_allocations a
           WHERE a.apartment_type_id = NEW.apartment_type_id AND a.state <> 'ended'
             AND a.from_day <= s.from_day AND (a.until_day IS NULL OR a.until_day > s.from_day))
          > (SELECT t.count FROM apartment_types t WHERE t.id = NEW.apartment_type_id));
END;
CREATE TRIGGER apartment_types_let_insert AFTER INSERT ON apartment_types
BEGIN
  SELECT RAISE(ABORT, 'zhuchao:apartment_over_let') FROM (
    SELECT DISTINCT from_day FROM apartment_allocations WHERE apartment_type_id = NEW.id AND state <> 'ended') s
  WHERE (SELECT SUM(a.count) FROM apartment_allocations a
         WHERE a.apartment_type_id = NEW.id AND a.state <> 'ended' AND a.from_day <= s.from_day
           AND (a.until_day IS NULL OR a.until_day > s.from_day)) > NEW.count;
END;
CREATE TRIGGER apartment_allocations_fit_update AFTER UPDATE ON apartment_allocations
WHEN NEW.state <> 'ended'
BEGIN
  SELECT RAISE(ABORT, 'zhuchao:apartment_over_let') WHERE EXISTS (
    SELECT 1 FROM (
      SELECT DISTINCT from_day FROM apartment_allocations
      WHERE apartment_type_id = NEW.apartment_type_id AND state <> 'ended' AND from_day >= NEW.from_day
        AND (NEW.until_day IS NULL OR from_day < NEW.until_day)) s
    WHERE (SELECT SUM(a.count) FROM apartment_allocations a
           WHERE a.apartment_type_id = NEW.apartment_type_id AND a.state <> 'ended'
             AND a.from_day <= s.from_day AND (a.until_day IS NULL OR a.until_day > s.from_day))
          > (SELECT t.count FROM apartment_types t WHERE t.id = NEW.apartment_type_id));
END;
CREATE TRIGGER apartment_types_let_update AFTER UPDATE ON apartment_types
BEGIN
  SELECT RAISE(ABORT, 'zhuchao:apartment_over_let') FROM (
    SELECT DISTINCT from_day FROM apartment_allocations WHERE apartment_type_id = NEW.id AND state <> 'ended') s
  WHERE (SELECT SUM(a.count) FROM apartment_allocations a
         WHERE a.apartment_type_id = NEW.id AND a.state <> 'ended' AND a.from_day <= s.from_day
           AND (a.until_day IS NULL OR a.until_day > s.from_day)) > NEW.count;
END;
