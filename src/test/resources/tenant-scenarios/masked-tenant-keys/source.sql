-- The tenants' keys are masked on their way, and chosen by what they are.
CREATE TABLE tenant (code text PRIMARY KEY);
CREATE TABLE customer (id int PRIMARY KEY, tenant_code text REFERENCES tenant);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customer);
INSERT INTO tenant VALUES ('acme'), ('umbrella');
INSERT INTO customer VALUES (1, 'acme'), (2, 'umbrella'), (3, 'acme');
INSERT INTO orders VALUES (10, 1), (20, 2), (30, 3), (40, NULL);
