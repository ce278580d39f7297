-- The operators of documents have question marks, which a driver may take for places of parameters.
CREATE TABLE tenant (id int PRIMARY KEY);
CREATE TABLE customer (id int PRIMARY KEY, tenant_id int REFERENCES tenant, data jsonb, referred_by int REFERENCES customer);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customer);
CREATE TABLE note (id int PRIMARY KEY, order_id int REFERENCES orders, meta jsonb);
INSERT INTO tenant VALUES (1), (2);
INSERT INTO customer VALUES (1, 1, '{"active": 1}', NULL), (2, 1, '{"active": 1, "closed": 1}', NULL), (3, 1, '{}', NULL),
  (4, 2, '{"active": 1}', NULL), (5, 1, '{"active": 0}', 3);
INSERT INTO orders VALUES (1, 1), (2, 2), (3, 3), (4, 4), (5, 5);
INSERT INTO note VALUES (1, 1, '{"kept": 1}'), (2, 1, '{}'), (3, 2, '{"kept": 1}'), (4, 5, '{"kept": 1}');
