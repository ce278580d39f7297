-- Domains with checks, NOT NULL, defaults and collations; over domains, arrays and composites; as keys; and a check that is NOT VALID
-- and that stored rows violate.
CREATE FUNCTION is_code(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1 ~ '^[A-Z]{2}[0-9]+$' $$;
CREATE DOMAIN code AS text COLLATE "C" NOT NULL DEFAULT 'AA0' CONSTRAINT code_form CHECK (public.is_code(VALUE));
CREATE DOMAIN short_code AS code CONSTRAINT short CHECK (length(VALUE) <= 5);
CREATE DOMAIN percentage AS numeric(5, 2) CHECK (VALUE BETWEEN 0 AND 100);
CREATE DOMAIN percentages AS percentage[];
CREATE TYPE pair AS (a int, b int);
CREATE DOMAIN ordered_pair AS pair CHECK ((VALUE).a <= (VALUE).b);
CREATE TABLE item (c code PRIMARY KEY, s short_code, p percentage, ps percentages, op ordered_pair, pa percentage[]);
INSERT INTO item SELECT 'AB' || i, 'C' || 'D' || i % 100, i % 100 + 0.5, ARRAY[1, NULL, 100], ROW(i, i + 1)::pair, '{50.50}' FROM generate_series(1, 150) i;
INSERT INTO item (s) VALUES (DEFAULT);
CREATE TABLE item_use (c code REFERENCES item, n int);
INSERT INTO item_use SELECT 'AB' || i, i FROM generate_series(1, 150) i;
CREATE DOMAIN later AS int;
CREATE TABLE of_later (v later);
INSERT INTO of_later VALUES (-1), (1), (NULL);
ALTER DOMAIN later ADD CONSTRAINT later_positive CHECK (VALUE IS NULL OR VALUE > -100);
ALTER DOMAIN later ADD CONSTRAINT later_small CHECK (VALUE < 1000) NOT VALID;
