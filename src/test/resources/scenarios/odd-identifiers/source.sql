-- Names that break whoever forgets to quote: quotes, dots, spaces, line breaks, emoji, reserved words, 63 bytes, per cent, backslash,
-- a digit in front, upper case, what looks like an option, a comment or a psql command. In every kind of object.
CREATE SCHEMA "select";
CREATE SCHEMA "Schema ""quoted"".dotted";
CREATE SCHEMA "line
break";
CREATE SCHEMA "😀 émoji";
CREATE SCHEMA "--drop";
CREATE TYPE "select"."Mixed ""Type""" AS ENUM ('', ' ', '''', '"', '\', E'line\nbreak', '😀', 'a,b', '{', 'NULL');
CREATE DOMAIN "select"."do.main" AS text CHECK (VALUE <> '; DROP TABLE x; --');
CREATE TYPE "😀 émoji"."com""posite" AS ("a b" int, "C""D" text, "select" text);
CREATE SEQUENCE "select"."Sequence.with ""all""" START 7;
CREATE FUNCTION "select"."func""tion;"("in put" int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 1';
CREATE TABLE "select"."table" (
  "select" int PRIMARY KEY,
  "from" text DEFAULT 'a''b',
  "Upper Case" int DEFAULT nextval('"select"."Sequence.with ""all"""'),
  "quo""te" "select"."Mixed ""Type""",
  "do.t" "select"."do.main",
  "per%cent %s %n" text,
  "back\slash\n" text,
  "1digit" int,
  "line
break" text,
  "😀" text,
  "$1" int,
  "a,b" int,
  "--comment" int,
  "/*comment*/" int,
  " leading and trailing " int,
  "'apostrophe'" int,
  "tab	tab" int,
  "?" int,
  ":name" int,
  "{brace}" int,
  "com""posite" "😀 émoji"."com""posite",
  CONSTRAINT "check ""it"".now" CHECK ("1digit" > 0),
  CONSTRAINT "unique
constraint" UNIQUE ("1digit", "😀")
);
INSERT INTO "select"."table" SELECT i, 'row ' || i, i, (enum_range(NULL::"select"."Mixed ""Type"""))[1 + i % 10], 'x', '%', '\', i, E'\n', '😀', i, i, i, i, i, i, i, i, i, i, ROW(i, '"', '(')::"😀 émoji"."com""posite"
FROM generate_series(1, 50) i;
CREATE INDEX "in""dex % \ 😀" ON "select"."table" ("per%cent %s %n", ("select"."func""tion;"("1digit")));
CREATE TABLE "Schema ""quoted"".dotted"."Schema ""quoted"".dotted" (
  "id" serial PRIMARY KEY,
  "ref""erence" int CONSTRAINT "foreign key ""to"" select" REFERENCES "select"."table"
);
INSERT INTO "Schema ""quoted"".dotted"."Schema ""quoted"".dotted" ("ref""erence") SELECT i FROM generate_series(1, 50) i;
CREATE TABLE "line
break"."line
break" ("line
break" int CONSTRAINT "line
break
" PRIMARY KEY);
INSERT INTO "line
break"."line
break" VALUES (1);
-- 63 bytes each, of one-byte and of four-byte characters; two that differ in the last byte only.
CREATE TABLE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1 (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1 int PRIMARY KEY, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa2 serial);
CREATE TABLE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa2 (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1 int PRIMARY KEY REFERENCES aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1);
INSERT INTO aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1 VALUES (1);
INSERT INTO aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa2 VALUES (1);
CREATE TABLE "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀abc" ("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀abc" int UNIQUE);
INSERT INTO "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀abc" VALUES (1), (NULL);
-- Names that differ in case only, and ones that look like something else.
CREATE TABLE "Customer" ("ID" int, "id" int, "Id" int);
CREATE TABLE "customer" ("ID" int, "id" int, "Id" int);
CREATE TABLE "CUSTOMER" ("ID" int, "id" int, "Id" int);
INSERT INTO "Customer" VALUES (1, 2, 3);
INSERT INTO "customer" VALUES (4, 5, 6);
INSERT INTO "CUSTOMER" VALUES (7, 8, 9);
CREATE TABLE "public.customer" (a int);
CREATE TABLE public."pg_class" (oid int, relname text);
INSERT INTO public."pg_class" VALUES (1, 'not the real one');
CREATE TABLE "\." ("\." text);
CREATE TABLE "*" ("*" int);
CREATE TABLE "1" ("1" int);
CREATE TABLE "--drop"."--schema-only" ("\connect postgres" int);
CREATE TABLE "user" ("user" text, "order" int, "group" int, "table" int, "xmin_" int, "oid" int);
INSERT INTO "\." VALUES ('\.'), ('\N');
INSERT INTO "*" VALUES (1);
INSERT INTO "1" VALUES (1);
INSERT INTO "--drop"."--schema-only" VALUES (1);
INSERT INTO "user" VALUES ('u', 1, 2, 3, 4, 5);
CREATE VIEW "select"."vie""w" AS SELECT "select", "line
break", "?" AS "$$" FROM "select"."table";
CREATE MATERIALIZED VIEW "😀 émoji"."mat""view" AS SELECT "select" AS "a.b" FROM "select"."table";
CREATE FUNCTION "select"."trigger "" function"() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN RETURN NEW; END $body$;
CREATE TRIGGER "tri""gger" BEFORE INSERT ON "select"."table" FOR EACH ROW EXECUTE FUNCTION "select"."trigger "" function"();
COMMENT ON TABLE "select"."table" IS E'comment with ''apostrophe'', \\backslash and\nline break; -- not a comment';
