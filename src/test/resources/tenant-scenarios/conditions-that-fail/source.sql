-- One row cannot be asked.
CREATE TABLE tenant (id int PRIMARY KEY);
CREATE TABLE price (id int PRIMARY KEY, tenant_id int REFERENCES tenant, parts int);
INSERT INTO tenant VALUES (1), (2);
INSERT INTO price VALUES (1, 1, 2), (2, 1, 0);
