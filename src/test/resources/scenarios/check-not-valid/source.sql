-- Checks that are NOT VALID and that stored rows violate, checks that call functions, that read another table by a function, and
-- that are not inherited. They must stay NOT VALID, and the rows must come through.
CREATE TABLE legacy (id int PRIMARY KEY, amount int, name text);
INSERT INTO legacy SELECT i, i - 50, CASE WHEN i % 3 > 0 THEN 'name ' || i END FROM generate_series(1, 100) i;
ALTER TABLE legacy ADD CONSTRAINT amount_positive CHECK (amount > 0) NOT VALID;
ALTER TABLE legacy ADD CONSTRAINT name_given CHECK (name IS NOT NULL) NO INHERIT NOT VALID;
ALTER TABLE legacy ADD CONSTRAINT id_small CHECK (id < 1000);
CREATE TABLE child (extra int) INHERITS (legacy);
CREATE TABLE limits (lowest int);
INSERT INTO limits VALUES (1);
CREATE FUNCTION lowest() RETURNS int LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN (SELECT coalesce(min(l.lowest), -1000) FROM public.limits l); END $$;
CREATE TABLE checked (v int CONSTRAINT above_lowest CHECK (v >= lowest()));
INSERT INTO checked SELECT generate_series(1, 20);
COMMENT ON CONSTRAINT amount_positive ON legacy IS 'not for the old rows';
