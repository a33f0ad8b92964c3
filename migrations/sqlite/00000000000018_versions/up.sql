-- How often the inventory and what is held of it were changed. Whoever keeps something that was made of
-- them knows by these numbers whether it is still right.
CREATE TABLE versions (
  id TEXT NOT NULL PRIMARY KEY,
  number INT NOT NULL CHECK (number >= 0)
) STRICT;
INSERT INTO versions (id, number) VALUES ('inventory', 0), ('holds', 0);

CREATE TRIGGER districts_version_insert AFTER INSERT ON districts
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER districts_version_update AFTER UPDATE ON districts WHEN OLD.body IS NOT NEW.body
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER districts_version_delete AFTER DELETE ON districts
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER stations_version_insert AFTER INSERT ON stations
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER stations_version_update AFTER UPDATE ON stations WHEN OLD.body IS NOT NEW.body
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER stations_version_delete AFTER DELETE ON stations
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER sites_version_insert AFTER INSERT ON sites
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER sites_version_update AFTER UPDATE ON sites WHEN OLD.body IS NOT NEW.body
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER sites_version_delete AFTER DELETE ON sites
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER buildings_version_insert AFTER INSERT ON buildings
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER buildings_version_update AFTER UPDATE ON buildings WHEN OLD.body IS NOT NEW.body
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER buildings_version_delete AFTER DELETE ON buildings
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER floors_version_insert AFTER INSERT ON floors
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER floors_version_update AFTER UPDATE ON floors WHEN OLD.body IS NOT NEW.body
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER floors_version_delete AFTER DELETE ON floors
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER units_version_insert AFTER INSERT ON units
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER units_version_update AFTER UPDATE ON units WHEN OLD.body IS NOT NEW.body
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER units_version_delete AFTER DELETE ON units
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER projects_version_insert AFTER INSERT ON projects
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER projects_version_update AFTER UPDATE ON projects WHEN OLD.body IS NOT NEW.body
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER projects_version_delete AFTER DELETE ON projects
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER apartment_types_version_insert AFTER INSERT ON apartment_types
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER apartment_types_version_update AFTER UPDATE ON apartment_types WHEN OLD.body IS NOT NEW.body
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER apartment_types_version_delete AFTER DELETE ON apartment_types
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'inventory'; END;
CREATE TRIGGER unit_allocations_version_insert AFTER INSERT ON unit_allocations
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'holds'; END;
CREATE TRIGGER unit_allocations_version_update AFTER UPDATE ON unit_allocations
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'holds'; END;
CREATE TRIGGER unit_allocations_version_delete AFTER DELETE ON unit_allocations
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'holds'; END;
CREATE TRIGGER apartment_allocations_version_insert AFTER INSERT ON apartment_allocations
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'holds'; END;
CREATE TRIGGER apartment_allocations_version_update AFTER UPDATE ON apartment_allocations
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'holds'; END;
CREATE TRIGGER apartment_allocations_version_delete AFTER DELETE ON apartment_allocations
BEGIN UPDATE versions SET number = number + 1 WHERE id = 'holds'; END;

-- The firms of a district, by key.
CREATE INDEX firms_district ON firms (district_id, id);
