-- Children with rows of their own, several parents, merged and overridden columns and defaults, constraints that are inherited and
-- ones that are not, a child that was attached later, a column added to the parent afterwards.
CREATE TABLE city (name text NOT NULL, population int DEFAULT 0, elevation int CHECK (elevation > -500), CONSTRAINT parent_only CHECK (population <> -7) NO INHERIT);
CREATE TABLE capital (state char(2), population int DEFAULT 1000000) INHERITS (city);
CREATE TABLE tagged (id serial PRIMARY KEY, tag text DEFAULT 'none');
CREATE TABLE tagged_capital (extra text, elevation int DEFAULT 5) INHERITS (capital, tagged);
ALTER TABLE tagged_capital ALTER COLUMN tag SET DEFAULT 'capital', ALTER COLUMN name SET DEFAULT 'unnamed';
ALTER TABLE tagged_capital ADD CONSTRAINT named CHECK (name <> '');
INSERT INTO city SELECT 'city ' || i, i, i FROM generate_series(1, 100) i;
INSERT INTO capital SELECT 'capital ' || i, i, i, 'ST' FROM generate_series(1, 50) i;
INSERT INTO tagged (tag) VALUES ('a'), (NULL);
INSERT INTO tagged_capital (name, extra) VALUES ('both', 'x'), ('both again', NULL);

CREATE TABLE joined_later (elevation int, name text NOT NULL, own int, population int, CONSTRAINT city_elevation_check CHECK (elevation > -500));
INSERT INTO joined_later VALUES (1, 'later', 2, 3);
ALTER TABLE joined_later INHERIT city;
-- In the children this column comes after their own ones; in a copy it comes before.
ALTER TABLE city ADD COLUMN mayor text DEFAULT 'nobody';
UPDATE ONLY capital SET mayor = 'somebody';
