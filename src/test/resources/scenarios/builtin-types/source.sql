-- Needs PostgreSQL 15.
-- Every built-in type with NULL, its smallest and largest values and the odd ones: NaN, infinities, dates before Christ, texts that
-- look like COPY's own marks. Every value must come out with the same text form.
CREATE TABLE numbers (i2 smallint, i4 int, i8 bigint, n numeric, n52 numeric(5, 2), nneg numeric(3, -2), f4 real, f8 double precision, m money, o oid, b boolean, c "char", x8 pg_lsn, t tid, xid xid, x xid8, cid cid);
INSERT INTO numbers DEFAULT VALUES;
INSERT INTO numbers VALUES
  (-32768, -2147483648, -9223372036854775808, '-Infinity', -999.99, -99900, '-Infinity', '-Infinity', '-92233720368547758.08', 0, false, '', '0/0', '(0,0)', '0', '0', '0'),
  (32767, 2147483647, 9223372036854775807, 'Infinity', 999.99, 99900, 'Infinity', 'Infinity', '92233720368547758.07', 4294967295, true, 'x', 'FFFFFFFF/FFFFFFFF', '(4294967295,65535)', '4294967295', '18446744073709551615', '4294967295'),
  (0, 0, 0, 'NaN', 'NaN', 0, 'NaN', 'NaN', 0, 1, NULL, '\', '1/2', '(1,1)', '3', '4', '5'),
  (1, 1, 1, 1.10, 1.10, 100, '-0', '-0', -0.01, 1, true, '1', NULL, NULL, NULL, NULL, NULL),
  (1, 1, 1, 1.1000000000, 0.00, 0, 1.17549435e-38, 2.2250738585072014e-308, 1, 1, true, 'a', NULL, NULL, NULL, NULL, NULL),
  (1, 1, 1, 0.000, -0.01, 0, 3.4028235e38, 1.7976931348623157e308, 1, 1, true, 'b', NULL, NULL, NULL, NULL, NULL),
  (1, 1, 1, ('1' || repeat('0', 1000))::numeric, 0, 0, 1e-45, 5e-324, 1, 1, true, 'c', NULL, NULL, NULL, NULL, NULL),
  (1, 1, 1, ('-0.' || repeat('0', 999) || '1')::numeric, 0, 0, 0.1, 0.1, 1, 1, true, 'd', NULL, NULL, NULL, NULL, NULL),
  (1, 1, 1, 12345678901234567890.123456789012345678901234567890, 0, 0, 0.333333343, 0.30000000000000004, 1, 1, true, 'e', NULL, NULL, NULL, NULL, NULL);

CREATE TABLE texts (id serial PRIMARY KEY, t text, v varchar, v5 varchar(5), c char(5), n name, b bytea);
INSERT INTO texts (t, v, v5, c, n, b) VALUES
  (NULL, NULL, NULL, NULL, NULL, NULL),
  ('', '', '', '', '', ''),
  ('\N', '\N', '\N', '\N', '\N', '\x5c4e'),
  ('\.', '\.', '\.', '\.', '\.', '\x5c2e'),
  (E'a\n\\.\nb', E'\n', E'\n', E'\n', E'\n', '\x0a5c2e0a'),
  (E'\\', E'\\\\', E'\\t', E'\\n', E'\\000', '\x5c'),
  (E'tab\tnew\nreturn\rboth\r\nvertical\vform\fbell\x07back\b', E'\t', E'\r', E'\b', E'\v', '\x0001020304050607'),
  (E'\x01\x02\x03\x1b\x7f', E'\u0080\u00a0\u200b\ufeff', E'\u2028', E'\u00e9', E'e\u0301', decode(repeat('00ff', 1000), 'hex')),
  ('😀👨‍👩‍👧‍👦 日本語 العربية', '𝔘𝔫𝔦', '😀😀😀😀😀', '😀', '😀', convert_to('😀', 'UTF8')),
  ('  spaces  ', '  s  ', '  s  ', 's  ', '  s  ', '\x20'),
  ('null', 'NULL', 'NULL', 'NULL', 'NULL', '\x4e554c4c'),
  ('"quoted", ''single'', {brace}, (paren), $dollar$, %s', '","', '"', '''', '"', '\x22'),
  (repeat('long ', 20000), repeat('x', 10000), 'xxxxx', 'xxxxx', repeat('n', 63), decode(repeat('ab', 50000), 'hex'));

CREATE TABLE times (d date, t time, t3 time(3), tz timetz, ts timestamp, ts0 timestamp(0), tstz timestamptz, i interval, iy interval year to month);
INSERT INTO times VALUES
  (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  ('4713-01-01 BC', '00:00', '00:00', '00:00:00+15:59', '4713-01-01 00:00:00 BC', '4713-01-01 BC', '4713-01-01 00:00:00+00 BC', '-178000000 years', '-178000000 years'),
  ('5874897-12-31', '24:00', '24:00', '24:00:00-15:59', '294276-12-31 23:59:59.999999', '294276-12-31', '294276-12-31 23:59:59.999999+00', '178000000 years', '178000000 years'),
  ('infinity', '12:34:56.789012', '12:34:56.789', '12:34:56.789012+02', 'infinity', 'infinity', 'infinity', '1 year -2 mons 3 days -04:05:06.000007', '1 year 2 mons'),
  ('-infinity', '23:59:59.999999', '23:59:59.999', '23:59:59.999999-00:30', '-infinity', '-infinity', '-infinity', '-1 days +24:00:00', '0'),
  ('0001-12-31 BC', '00:00:00.000001', '0:0', '00:00+05:53:28', '0044-03-15 12:00:00.5 BC', '2000-01-01', '1883-11-18 12:03:57+00', '0', '-1 mon'),
  ('2024-02-29', '02:30', '02:30', '02:30+01', '2024-03-31 02:30:00', '2024-03-31 02:30', '2024-10-27 00:30:00+00', '2147483647 days', '1 mon'),
  ('1582-10-10', '1:2:3', '1:2:3', '1:2:3Z', '1969-12-31 23:59:59.999999', '1970-01-01', '2000-01-01 00:00:00+00', '30 days', '1 year');

CREATE TABLE geometries (p point, l line, s lseg, b box, pa path, po polygon, c circle);
INSERT INTO geometries VALUES
  (NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  ('(0,-0)', '{1,-1,0}', '[(1,2),(3,4)]', '(3,4),(1,2)', '[(0,0),(1,1)]', '((0,0),(1,1),(1,0))', '<(0,0),0>'),
  ('(Infinity,NaN)', '{0,1,-5.5}', '[(0.1,0.2),(0.30000000000000004,1e300)]', '(1e-300,0),(0,0)', '((0,0),(1,1),(2,0))', '((0.1,0.1))', '<(1e10,-1e10),1e-10>');

CREATE TABLE networks (i inet, c cidr, m macaddr, m8 macaddr8);
INSERT INTO networks VALUES (NULL, NULL, NULL, NULL), ('0.0.0.0/0', '0.0.0.0/0', '00:00:00:00:00:00', '00:00:00:00:00:00:00:00'),
  ('192.168.1.5/24', '192.168.1.0/24', 'ff:ff:ff:ff:ff:ff', 'ff:ff:ff:ff:ff:ff:ff:ff'), ('::', '::/0', '08:00:2b:01:02:03', '08:00:2b:ff:fe:01:02:03'),
  ('2001:db8::1/64', '2001:db8::/32', NULL, NULL), ('::ffff:1.2.3.4', '::ffff:1.2.3.4/128', NULL, NULL);

CREATE TABLE bits (b bit, b9 bit(9), vb varbit, vb5 varbit(5), u uuid);
INSERT INTO bits VALUES (NULL, NULL, NULL, NULL, NULL), (B'0', B'000000000', B'', B'', '00000000-0000-0000-0000-000000000000'),
  (B'1', B'111111111', B'101010101010101010101', B'11111', 'ffffffff-ffff-ffff-ffff-ffffffffffff'), (B'1', B'100000001', repeat('10', 5000)::varbit, B'0', '12345678-9abc-4def-8123-456789abcdef');

CREATE TABLE documents (j json, jb jsonb, jp jsonpath, x xml, tv tsvector, tq tsquery);
INSERT INTO documents VALUES
  (NULL, NULL, NULL, NULL, NULL, NULL),
  ('null', 'null', '$', '', '', ''),
  (E'{ "b" : 1,\n"a":[1, 2.0, 1e5], "a": "twice", "\\u00e9": "\\n\\t\\"\\\\" }', '{"b": 1, "a": [1, 2.0, 100000, {"deep": [[[]]]}], "": {}, "é": "\n\t\"\\"}', '$.a[*] ? (@.b > 1 && exists (@.c)).d', '<a b="c &amp; d">text<!-- comment --><![CDATA[<raw>]]></a>', '''a'':1A,2B ''b c'':3 ''it''''s'':4C ''\\'':5', '''a'':A & !(''b'' | ''c'':*) <-> ''d e'''),
  ('"\u0000 in json only"', '"text"', 'strict $."key with \" quote"', 'several <roots/> <here/>', 'plain words', '!''x'''),
  ('12345678901234567890.12345', '12345678901234567890.12345', '$.a.b', '<?xml version="1.0"?><r/>', NULL, NULL);

CREATE TABLE ranges (i4 int4range, i8 int8range, n numrange, ts tsrange, tz tstzrange, d daterange, mi int4multirange, mn nummultirange, md datemultirange, mtz tstzmultirange);
INSERT INTO ranges VALUES
  (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  ('empty', 'empty', 'empty', 'empty', 'empty', 'empty', '{}', '{}', '{}', '{}'),
  ('(,)', '(,)', '(,)', '(,)', '(,)', '(,)', '{(,)}', '{(,)}', '{(,)}', '{(,)}'),
  ('[1,10)', '[-9223372036854775808,9223372036854775807)', '(1.10,2.20]', '[2020-01-01,infinity]', '[-infinity,2020-01-01 00:00+02)', '[0044-03-15 BC,infinity)', '{[1,2),[5,9)}', '{(0,1.5],[NaN,NaN]}', '{[2020-01-01,2020-02-01),[2021-01-01,)}', '{[2020-01-01 00:00+00,2020-01-02 00:00+00)}');

CREATE TABLE snapshots (s txid_snapshot, p pg_snapshot, r refcursor, iv int2vector, ov oidvector, a aclitem);
INSERT INTO snapshots DEFAULT VALUES;
INSERT INTO snapshots VALUES ('10:20:10,14,15', '10:20:10,14,15', 'cursor name', '1 2 3', '4 5 6', '=r/postgres'), ('1:1:', '1:1:', '', '', '', 'postgres=arwdDxt/postgres');
