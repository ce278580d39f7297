-- A CHECK reads a column that is computed from the emptied reference: on the source it still has what it is there.
CREATE TABLE tenant (id int PRIMARY KEY);
CREATE TABLE customer (id int PRIMARY KEY, tenant_id int REFERENCES tenant);
CREATE TABLE orders (id int PRIMARY KEY, tenant_id int REFERENCES tenant, customer_id int REFERENCES customer,
  kind text GENERATED ALWAYS AS (CASE WHEN customer_id IS NULL THEN 'guest' ELSE 'customer' END) STORED,
  CONSTRAINT somebody CHECK (customer_id IS NOT NULL OR kind = 'guest'));
INSERT INTO tenant VALUES (1), (2);
INSERT INTO customer VALUES (1, 1), (2, 2);
INSERT INTO orders VALUES (1, 1, 1), (2, 1, 2), (3, 2, 2);
