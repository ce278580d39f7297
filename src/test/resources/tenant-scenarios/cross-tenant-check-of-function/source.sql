-- A CHECK calls a function of the database's own, which would run with the rights of whoever asks.
CREATE TABLE tenant (id int PRIMARY KEY);
CREATE TABLE customer (id int PRIMARY KEY, tenant_id int REFERENCES tenant);
CREATE FUNCTION somebody(customer int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT customer IS NULL OR customer > 0';
CREATE TABLE orders (id int PRIMARY KEY, tenant_id int REFERENCES tenant, customer_id int REFERENCES customer,
  CONSTRAINT known CHECK (somebody(customer_id)));
INSERT INTO tenant VALUES (1), (2);
INSERT INTO customer VALUES (1, 1), (2, 2);
INSERT INTO orders VALUES (1, 1, 1), (2, 1, 2), (3, 2, 2);
