-- Sequences in every state: never called, called, set back, at their end, descending, cycling, cached, of each type, owned by columns,
-- shared by tables, unused as default, renamed away from their column.
CREATE SEQUENCE never_called START 42;
CREATE SEQUENCE called;
SELECT nextval('called') FROM generate_series(1, 17);
CREATE SEQUENCE set_not_called MINVALUE -5;
SELECT setval('set_not_called', -3, false);
CREATE SEQUENCE at_its_end AS smallint MAXVALUE 3;
SELECT nextval('at_its_end') FROM generate_series(1, 3);
CREATE SEQUENCE descending INCREMENT BY -7 MAXVALUE -1 MINVALUE -1000 START -1;
SELECT nextval('descending') FROM generate_series(1, 3);
CREATE SEQUENCE cycling MINVALUE 1 MAXVALUE 4 CYCLE CACHE 2;
SELECT nextval('cycling') FROM generate_series(1, 6);
CREATE SEQUENCE largest AS bigint START 9223372036854775807;
SELECT nextval('largest');
CREATE SEQUENCE smallest AS int MINVALUE -2147483648 MAXVALUE 0 START -2147483648;
CREATE TABLE numbered (id serial PRIMARY KEY, other bigserial, shared int DEFAULT nextval('called'), small smallserial);
INSERT INTO numbered DEFAULT VALUES;
INSERT INTO numbered DEFAULT VALUES;
CREATE TABLE shares (shared int DEFAULT nextval('called'));
INSERT INTO shares DEFAULT VALUES;
CREATE SEQUENCE owned_only OWNED BY numbered.shared;
ALTER SEQUENCE numbered_other_seq RENAME TO renamed_seq;
ALTER TABLE numbered RENAME COLUMN small TO tiny;
CREATE SCHEMA elsewhere;
ALTER SEQUENCE called SET SCHEMA elsewhere;
ALTER SEQUENCE descending OWNER TO scenario_owner;
