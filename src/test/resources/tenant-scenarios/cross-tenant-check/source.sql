-- Emptied, a reference may break a CHECK that reads it, in some rows and not in others.
CREATE TABLE tenant (id int PRIMARY KEY);
CREATE TABLE customer (id int PRIMARY KEY, tenant_id int REFERENCES tenant);
CREATE DOMAIN reference AS int;
CREATE TABLE orders (id int PRIMARY KEY, tenant_id int REFERENCES tenant, customer_id reference REFERENCES customer, guest text,
  CONSTRAINT somebody CHECK (customer_id IS NOT NULL OR guest IS NOT NULL), CONSTRAINT known CHECK (customer_id > 0));
INSERT INTO tenant VALUES (1), (2);
INSERT INTO customer VALUES (1, 1), (2, 2);
INSERT INTO orders VALUES (1, 1, 1, NULL), (2, 1, 2, 'a'), (3, 1, 2, 'b'), (5, 2, 2, NULL), (4, 1, 2, NULL);
