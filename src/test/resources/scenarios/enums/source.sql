-- Enums with labels added before, after and renamed, so that their order is not that of their oids; in keys, arrays, ranges,
-- composites, partition bounds, defaults and indexes.
CREATE TYPE size AS ENUM ('medium');
ALTER TYPE size ADD VALUE 'extra large';
ALTER TYPE size ADD VALUE 'small' BEFORE 'medium';
ALTER TYPE size ADD VALUE 'large' AFTER 'medium';
ALTER TYPE size RENAME VALUE 'extra large' TO 'XL';
CREATE TYPE size_range AS RANGE (subtype = size);
CREATE TYPE sized AS (s size, name text);
CREATE TYPE no_labels AS ENUM ();
CREATE TABLE shirt (id int PRIMARY KEY, s size NOT NULL DEFAULT 'large', fits size_range, all_sizes size[], combined sized, none no_labels, UNIQUE (s, id));
INSERT INTO shirt SELECT i, (enum_range(NULL::size))[1 + i % 4], size_range('small', (enum_range(NULL::size))[1 + i % 4], '[]'), enum_range(NULL::size), ROW('XL', 'n')::sized, NULL FROM generate_series(1, 200) i;
INSERT INTO shirt VALUES (0, 'small', '(,)', '{NULL,XL}', NULL, NULL), (-1, DEFAULT, 'empty', '[5:6]={small,large}', ROW(NULL, NULL), NULL);
CREATE TABLE size_price (s size PRIMARY KEY, price numeric);
INSERT INTO size_price SELECT s, 10 FROM unnest(enum_range(NULL::size)) s;
ALTER TABLE shirt ADD FOREIGN KEY (s) REFERENCES size_price;
CREATE TABLE by_size (s size, v int) PARTITION BY RANGE (s);
CREATE TABLE by_size_low PARTITION OF by_size FOR VALUES FROM ('small') TO ('large');
CREATE TABLE by_size_high PARTITION OF by_size FOR VALUES FROM ('large') TO (MAXVALUE);
INSERT INTO by_size SELECT s, id FROM shirt;
CREATE INDEX ON shirt (id) WHERE s > 'medium';
