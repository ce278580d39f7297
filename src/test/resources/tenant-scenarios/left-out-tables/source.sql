-- Excluded tables are no way to a tenant and are not made; empty ones lead nowhere.
CREATE TABLE tenant (id int PRIMARY KEY);
CREATE TABLE customer (id int PRIMARY KEY, tenant_id int REFERENCES tenant);
CREATE SCHEMA audit;
CREATE TABLE audit.entry (id int PRIMARY KEY, customer_id int REFERENCES customer);
CREATE TABLE log_detail (id int PRIMARY KEY);
CREATE TABLE log (id int PRIMARY KEY, customer_id int REFERENCES customer, detail_id int REFERENCES log_detail);
INSERT INTO tenant VALUES (1), (2);
INSERT INTO customer VALUES (1, 1), (2, 2);
INSERT INTO audit.entry VALUES (1, 1);
INSERT INTO log_detail VALUES (1);
INSERT INTO log VALUES (1, 1, 1);
