#!/usr/bin/env bash
# Fills a database with a shop: 4 tables, 7.6 million rows, 13 indexes, 3 foreign keys, about 1.2 GiB at scale 1.
# Usage: bench/generate.sh CONNINFO [SCALE]     such as  bench/generate.sh "host=127.0.0.1 dbname=shop" 0.05
# The same scale gives the same rows. All personal data is made up; the domain example.org and the IBANs belong to nobody.
set -euo pipefail
conninfo=${1:?usage: bench/generate.sh CONNINFO [SCALE]}
scale=${2:-1}
psql=${PSQL:-psql}

"$psql" -X -q -v ON_ERROR_STOP=1 -v scale="$scale" -d "$conninfo" <<'SQL'
SET synchronous_commit = off;
SET maintenance_work_mem = '256MB';
SELECT greatest(100, (600000 * :scale)::int) AS customers, greatest(50, (100000 * :scale)::int) AS products,
       greatest(200, (1900000 * :scale)::int) AS orders, greatest(500, (5000000 * :scale)::int) AS lines \gset

CREATE TABLE customer (
  id bigint NOT NULL,
  tenant_id int NOT NULL,
  first_name text NOT NULL,
  last_name text NOT NULL,
  email text NOT NULL,
  phone text,
  iban text,
  street text,
  city text,
  born date,
  profile jsonb NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE TABLE product (
  id int NOT NULL,
  sku text NOT NULL,
  title text NOT NULL,
  price numeric(10, 2) NOT NULL,
  description text
);
CREATE TABLE orders (
  id bigint NOT NULL,
  tenant_id int NOT NULL,
  customer_id bigint NOT NULL,
  status text NOT NULL,
  total numeric(12, 2) NOT NULL,
  ordered_at timestamptz NOT NULL
);
CREATE TABLE order_line (
  id bigint NOT NULL,
  order_id bigint NOT NULL,
  product_id int NOT NULL,
  quantity int NOT NULL,
  price numeric(10, 2) NOT NULL,
  label text NOT NULL
);

INSERT INTO customer
SELECT i, 1 + i % 100,
       (ARRAY['Anna','Ben','Clara','David','Élise','Farid','Greta','Hugo','Ines','Jonas','Kaya','Lukas','Mia','Noah','Olga','Paul'])[1 + hash % 16],
       (ARRAY['Müller','Schmidt','Weber','Øster','García','Rossi','Novák','Dubois','Yılmaz','Kowalski','Jansen','Smith'])[1 + hash / 16 % 12]
         || (ARRAY['','-Lang','-Klein','-Berg','-Hof','-Stein'])[1 + hash / 256 % 6],
       'customer.' || to_hex(hash) || '.' || i || '@example.org',
       '+49 30 ' || lpad((hash % 10000000)::text, 7, '0'),
       'DE' || lpad((98 - (account || '131400')::numeric % 97)::text, 2, '0') || account,
       'Street of the ' || hash % 5000 || ', ' || hash % 200,
       (ARRAY['Berlin','Hamburg','München','Köln','Leipzig','Wien','Zürich','Basel'])[1 + hash % 8],
       date '1940-01-01' + (hash % 25000)::int,
       jsonb_build_object('newsletter', hash % 2 = 0, 'language', (ARRAY['de','en','fr'])[1 + hash % 3], 'points', hash % 1000,
                          'tags', jsonb_build_array('segment-' || hash % 20, 'source-' || hash % 7)),
       timestamptz '2015-01-01 00:00+00' + make_interval(secs => hash % 300000000)
FROM (SELECT i, hash, lpad(hash::text, 10, '0') || lpad(i::text, 8, '0') AS account
      FROM (SELECT i, hashint4(i)::bigint & 2147483647 AS hash FROM generate_series(1, :customers) i) h) h;

INSERT INTO product
SELECT i, 'SKU-' || lpad(i::text, 8, '0'), 'Product number ' || i || ' of kind ' || hash % 300, (hash % 100000) / 100.0,
       repeat('A sentence that describes the product. ', 1 + (hash % 5)::int)
FROM (SELECT i, hashint4(i)::bigint & 2147483647 AS hash FROM generate_series(1, :products) i) h;

INSERT INTO orders
SELECT i, 1 + (1 + hash % :customers) % 100, 1 + hash % :customers, (ARRAY['open','paid','sent','done','done','done','returned'])[1 + hash % 7],
       (hash % 1000000) / 100.0, timestamptz '2018-01-01 00:00+00' + make_interval(secs => i * 100.0)
FROM (SELECT i, hashint8(i)::bigint & 2147483647 AS hash FROM generate_series(1, :orders) i) h;

INSERT INTO order_line
SELECT i, 1 + hash % :orders, 1 + hash % :products, 1 + hash % 9, (hash % 100000) / 100.0,
       (ARRAY['Größe','Farbe','Modell','Édition','Set','Ersatzteil'])[1 + hash % 6] || ' ' || to_hex(hash)
FROM (SELECT i, hashint8(i + 1000000000)::bigint & 2147483647 AS hash FROM generate_series(1, :lines) i) h;

ALTER TABLE customer ADD PRIMARY KEY (id);
ALTER TABLE product ADD PRIMARY KEY (id);
ALTER TABLE orders ADD PRIMARY KEY (id);
ALTER TABLE order_line ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX customer_email ON customer (email);
CREATE INDEX customer_name ON customer (last_name COLLATE "en-x-icu", first_name COLLATE "en-x-icu");
CREATE INDEX customer_tenant ON customer (tenant_id, created_at);
CREATE UNIQUE INDEX product_sku ON product (sku);
CREATE INDEX orders_customer ON orders (customer_id);
CREATE INDEX orders_tenant ON orders (tenant_id, ordered_at);
CREATE INDEX orders_status ON orders (status);
CREATE INDEX order_line_order ON order_line (order_id);
-- Sorting text by a language's rules is what an index build spends most time on: the longest single piece of work.
CREATE INDEX order_line_label ON order_line (label COLLATE "en-x-icu");
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customer;
ALTER TABLE order_line ADD FOREIGN KEY (order_id) REFERENCES orders;
ALTER TABLE order_line ADD FOREIGN KEY (product_id) REFERENCES product;
VACUUM (FREEZE, ANALYZE);
SQL
"$psql" -X -q -At -d "$conninfo" -c "SELECT format('%s: %s MB, of which indexes %s MB', current_database(),
  (sum(pg_total_relation_size(oid)) / 1e6)::int, (sum(pg_indexes_size(oid)) / 1e6)::int) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace" >&2
