-- Who holds what, and when. An allocation in the state 'ended' holds nothing.
-- Days are half-open [from_day, until_day); no until_day = open.
CREATE TABLE unit_allocations (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
  application_id TEXT COLLATE "C" NOT NULL REFERENCES applications (id),
  plan TEXT COLLATE "C" REFERENCES plans (digest),
  contract TEXT,
  whole BOOLEAN NOT NULL,
  area BIGINT NOT NULL CHECK (area > 0),
  from_day DATE NOT NULL CHECK (isfinite(from_day)),
  until_day DATE CHECK (isfinite(until_day)),
  state TEXT NOT NULL CHECK (state IN ('reserved', 'let', 'ended')),
  CHECK (until_day > from_day),
  CHECK (plan IS NOT NULL OR contract IS NOT NULL)
);
CREATE INDEX unit_allocations_unit ON unit_allocations (unit_id, from_day);
CREATE INDEX unit_allocations_application ON unit_allocations (application_id);

CREATE TABLE apartment_allocations (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  apartment_type_id TEXT COLLATE "C" NOT NULL REFERENCES apartment_types (id),
  application_id TEXT COLLATE "C" NOT NULL REFERENCES applications (id),
  plan TEXT COLLATE "C" REFERENCES plans (digest),
  contract TEXT,
  count BIGINT NOT NULL CHECK (count > 0),
  from_day DATE NOT NULL CHECK (isfinite(from_day)),
  until_day DATE CHECK (isfinite(until_day)),
  state TEXT NOT NULL CHECK (state IN ('reserved', 'let', 'ended')),
  CHECK (until_day > from_day),
  CHECK (plan IS NOT NULL OR contract IS NOT NULL)
);
CREATE INDEX apartment_allocations_type ON apartment_allocations (apartment_type_id, from_day);
CREATE INDEX apartment_allocations_application ON apartment_allocations (application_id);

-- A unit let whole can be let whole only once a day.
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE unit_allocations ADD CONSTRAINT unit_allocations_whole_once
  EXCLUDE USING gist (unit_id WITH =, daterange(from_day, until_day) WITH &&)
  WHERE (whole AND state <> 'ended');

-- No unit over-let on any day. What is let on a day is largest on a first day of a letting, so
-- testing all first days is exact.
-- Before that, the unit's row is updated, not only locked: a concurrent transaction waits, and
-- under REPEATABLE READ it is refused instead of adding up an old view. It must come before the
-- foreign key takes its shared lock, or many would hold that lock and wait for each other.
CREATE FUNCTION zhuchao_unit_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'ended' THEN
    UPDATE units SET floor_id = floor_id WHERE id = NEW.unit_id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER unit_allocations_turn BEFORE INSERT OR UPDATE ON unit_allocations
  FOR EACH ROW EXECUTE FUNCTION zhuchao_unit_turn();
CREATE FUNCTION zhuchao_unit_peak(which TEXT) RETURNS NUMERIC LANGUAGE sql VOLATILE AS $$
  SELECT COALESCE(MAX(day_sum), 0) FROM (
    SELECT (SELECT SUM(a.area) FROM unit_allocations a
            WHERE a.unit_id = which AND a.state <> 'ended' AND a.from_day <= s.from_day
              AND (a.until_day IS NULL OR a.until_day > s.from_day)) AS day_sum
    FROM (SELECT DISTINCT from_day FROM unit_allocations WHERE unit_id = which AND state <> 'ended') s) peaks
$$;
CREATE FUNCTION zhuchao_unit_fit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  unit_area BIGINT;
  lot BIGINT;
BEGIN
  IF NEW.state = 'ended' THEN RETURN NULL; END IF;
  SELECT area, smallest_lot INTO unit_area, lot FROM units WHERE id = NEW.unit_id;
  IF NEW.whole <> (NEW.area = unit_area) OR (lot IS NULL AND NOT NEW.whole) THEN
    RAISE EXCEPTION 'zhuchao:unit_in_part';
  END IF;
  IF zhuchao_unit_peak(NEW.unit_id) > unit_area THEN
    RAISE EXCEPTION 'zhuchao:unit_over_let';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER unit_allocations_fit AFTER INSERT OR UPDATE ON unit_allocations
  FOR EACH ROW EXECUTE FUNCTION zhuchao_unit_fit();

-- A unit cannot shrink below what is let, nor turn whole while let in part, nor change its area
-- while let whole. Updating the row already holds its lock.
CREATE FUNCTION zhuchao_unit_let() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM unit_allocations a
             WHERE a.unit_id = NEW.id AND a.state <> 'ended'
               AND ((a.whole AND a.area <> NEW.area)
                 OR (NEW.smallest_lot IS NULL AND NOT a.whole))) THEN
    RAISE EXCEPTION 'zhuchao:unit_in_part';
  END IF;
  IF zhuchao_unit_peak(NEW.id) > NEW.area THEN
    RAISE EXCEPTION 'zhuchao:unit_over_let';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER units_let AFTER UPDATE OF area, smallest_lot ON units
  FOR EACH ROW WHEN (NEW.area <> OLD.area OR NEW.smallest_lot IS DISTINCT FROM OLD.smallest_lot)
  EXECUTE FUNCTION zhuchao_unit_let();

-- The same for apartments and their count.
CREATE FUNCTION zhuchao_apartment_peak(which TEXT) RETURNS NUMERIC LANGUAGE sql VOLATILE AS $$
  SELECT COALESCE(MAX(day_sum), 0) FROM (
    SELECT (SELECT SUM(a.count) FROM apartment_allocations a
            WHERE a.apartment_type_id = which AND a.state <> 'ended' AND a.from_day <= s.from_day
              AND (a.until_day IS NULL OR a.until_day > s.from_day)) AS day_sum
    FROM (SELECT DISTINCT from_day FROM apartment_allocations WHERE apartment_type_id = which AND state <> 'ended') s) peaks
$$;
CREATE FUNCTION zhuchao_apartment_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'ended' THEN
    UPDATE apartment_types SET project_id = project_id WHERE id = NEW.apartment_type_id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER apartment_allocations_turn BEFORE INSERT OR UPDATE ON apartment_allocations
  FOR EACH ROW EXECUTE FUNCTION zhuchao_apartment_turn();
CREATE FUNCTION zhuchao_apartment_fit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  there_are BIGINT;
BEGIN
  IF NEW.state = 'ended' THEN RETURN NULL; END IF;
  SELECT count INTO there_are FROM apartment_types WHERE id = NEW.apartment_type_id;
  IF zhuchao_apartment_peak(NEW.apartment_type_id) > there_are THEN
    RAISE EXCEPTION 'zhuchao:apartment_over_let';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER apartment_allocations_fit AFTER INSERT OR UPDATE ON apartment_allocations
  FOR EACH ROW EXECUTE FUNCTION zhuchao_apartment_fit();
CREATE FUNCTION zhuchao_apartment_let() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF zhuchao_apartment_peak(NEW.id) > NEW.count THEN
    RAISE EXCEPTION 'zhuchao:apartment_over_let';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER apartment_types_let AFTER UPDATE OF count ON apartment_types
  FOR EACH ROW WHEN (NEW.count <> OLD.count) EXECUTE FUNCTION zhuchao_apartment_let();
