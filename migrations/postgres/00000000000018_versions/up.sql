-- How often the inventory and what is held of it were changed. Whoever keeps something that was made of
-- them knows by these numbers whether it is still right.
CREATE TABLE versions (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  number BIGINT NOT NULL CHECK (number >= 0)
);
INSERT INTO versions (id, number) VALUES ('inventory', 0), ('holds', 0);

CREATE FUNCTION zhuchao_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE versions SET number = number + 1 WHERE id = TG_ARGV[0];
  RETURN NULL;
END $$;

-- Letting touches the row of the unit to take turns (zhuchao_unit_turn); that is no change of the inventory.
CREATE TRIGGER districts_version AFTER INSERT OR DELETE OR TRUNCATE ON districts
  FOR EACH STATEMENT EXECUTE FUNCTION zhuchao_version('inventory');
CREATE TRIGGER districts_version_update AFTER UPDATE ON districts
  FOR EACH ROW WHEN (OLD.body IS DISTINCT FROM NEW.body) EXECUTE FUNCTION zhuchao_version('inventory');
CREATE TRIGGER stations_version AFTER INSERT OR DELETE OR TRUNCATE ON stations
  FOR EACH STATEMENT EXECUTE FUNCTION zhuchao_version('inventory');
CREATE TRIGGER stations_version_update AFTER UPDATE ON stations
  FOR EACH ROW WHEN (OLD.body IS DISTINCT FROM NEW.body) EXECUTE FUNCTION zhuchao_version('inventory');
CREATE TRIGGER sites_version AFTER INSERT OR DELETE OR TRUNCATE ON sites
  FOR EACH STATEMENT EXECUTE FUNCTION zhuchao_version('inventory');
CREATE TRIGGER sites_version_update AFTER UPDATE ON sites
  FOR EACH ROW WHEN (OLD.body IS DISTINCT FROM NEW.body) EXECUTE FUNCTION zhuchao_version('inventory');
CREATE TRIGGER buildings_version AFTER INSERT OR DELETE OR TRUNCATE ON buildings
  FOR EACH STATEMENT EXECUTE FUNCTION zhuchao_version('inventory');
CREATE TRIGGER buildings_version_update AFTER UPDATE ON buildings
  FOR EACH ROW WHEN (OLD.body IS DISTINCT FROM NEW.body) EXECUTE FUNCTION zhuchao_version('inventory');
CREATE TRIGGER floors_version AFTER INSERT OR DELETE OR TRUNCATE ON floors
  FOR EACH STATEMENT EXECUTE FUNCTION zhuchao_version('inventory');
CREATE TRIGGER floors_version_update AFTER UPDATE ON floors
  FOR EACH ROW WHEN (OLD.body IS DISTINCT FROM NEW.body) EXECUTE FUNCTION zhuchao_version('inventory');
CREATE TRIGGER units_version AFTER INSERT OR DELETE OR TRUNCATE ON units
  FOR EACH STATEMENT EXECUTE FUNCTION zhuchao_version('inventory');
CREATE TRIGGER units_version_update AFTER UPDATE ON units
  FOR EACH ROW WHEN (OLD.body IS DISTINCT FROM NEW.body) EXECUTE FUNCTION zhuchao_version('inventory');
CREATE TRIGGER projects_version AFTER INSERT OR DELETE OR TRUNCATE ON projects
  FOR EACH STATEMENT EXECUTE FUNCTION zhuchao_version('inventory');
CREATE TRIGGER projects_version_update AFTER UPDATE ON projects
  FOR EACH ROW WHEN (OLD.body IS DISTINCT FROM NEW.body) EXECUTE FUNCTION zhuchao_version('inventory');
CREATE TRIGGER apartment_types_version AFTER INSERT OR DELETE OR TRUNCATE ON apartment_types
  FOR EACH STATEMENT EXECUTE FUNCTION zhuchao_version('inventory');
CREATE TRIGGER apartment_types_version_update AFTER UPDATE ON apartment_types
  FOR EACH ROW WHEN (OLD.body IS DISTINCT FROM NEW.body) EXECUTE FUNCTION zhuchao_version('inventory');
CREATE TRIGGER unit_allocations_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON unit_allocations
  FOR EACH STATEMENT EXECUTE FUNCTION zhuchao_version('holds');
CREATE TRIGGER apartment_allocations_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON apartment_allocations
  FOR EACH STATEMENT EXECUTE FUNCTION zhuchao_version('holds');

-- The firms of a district, by key.
CREATE INDEX firms_district ON firms (district_id, id);
