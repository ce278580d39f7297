-- The column of the policy's name decides alone; NULL there means nobody. Tenants are big numbers without a table of their own.
CREATE TABLE customer (id int PRIMARY KEY, tenant_id bigint, name text);
CREATE TABLE invoice (id int PRIMARY KEY, tenant_id bigint, customer_id int REFERENCES customer);
INSERT INTO customer VALUES (1, 9000000000, 'of the chosen'), (2, 8000000000, 'of another'), (3, NULL, 'of nobody, needed'), (4, NULL, 'of nobody');
INSERT INTO invoice VALUES (10, 9000000000, 1), (11, 9000000000, 3), (12, 8000000000, 2), (13, NULL, 1), (14, 8000000000, 3);
