-- Large objects with owner, privileges and comment; empty, sparse, of several megabytes; their numbers are referenced by rows and must
-- stay.
CREATE TABLE attachment (id int PRIMARY KEY, content oid NOT NULL);
SELECT lo_from_bytea(100001, '');
SELECT lo_from_bytea(100002, '\x00010203');
SELECT lo_from_bytea(100003, decode(repeat('0123456789abcdef', 400000), 'hex'));
SELECT lo_create(100004);
SELECT lo_put(100004, 1000000, 'after a hole');
SELECT lo_from_bytea(4294967295, 'the largest number');
SELECT lo_from_bytea(100006, convert_to(string_agg(md5(i::text), ''), 'UTF8')) FROM generate_series(1, 60000) i;
INSERT INTO attachment SELECT row_number() OVER (ORDER BY oid), oid FROM pg_largeobject_metadata;
ALTER LARGE OBJECT 100002 OWNER TO scenario_owner;
GRANT SELECT ON LARGE OBJECT 100003 TO scenario_reader;
GRANT SELECT, UPDATE ON LARGE OBJECT 100006 TO scenario_writer WITH GRANT OPTION;
COMMENT ON LARGE OBJECT 100006 IS 'text of several chapters';
