-- A key whose columns are NULL together or not at all.
CREATE TABLE tenant (id int PRIMARY KEY);
CREATE TABLE place (x int, y int, tenant_id int REFERENCES tenant, PRIMARY KEY (x, y));
CREATE TABLE visit (id int PRIMARY KEY, tenant_id int REFERENCES tenant, x int, y int, FOREIGN KEY (x, y) REFERENCES place MATCH FULL);
INSERT INTO tenant VALUES (1), (2);
INSERT INTO place VALUES (1, 1, 1), (2, 2, 2);
INSERT INTO visit VALUES (1, 1, 1, 1), (2, 1, 2, 2), (3, 2, 2, 2), (4, 1, NULL, NULL);
