-- More rows than one query asks about reference one row of another tenant.
CREATE TABLE tenant (id int PRIMARY KEY);
CREATE TABLE place (id int PRIMARY KEY, tenant_id int REFERENCES tenant);
CREATE TABLE journey (id int PRIMARY KEY, origin int REFERENCES place, destination int REFERENCES place);
INSERT INTO tenant VALUES (1), (2);
INSERT INTO place VALUES (1, 1), (2, 2);
INSERT INTO journey SELECT i, 1, 2 FROM generate_series(1, 10001) i;
