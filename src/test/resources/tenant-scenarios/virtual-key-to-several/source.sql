-- A virtual key to a column that is not unique: a row references several rows, of more than one tenant and of nobody, and needs them all.
CREATE TABLE tenant (id int PRIMARY KEY);
CREATE TABLE page (id int PRIMARY KEY, topic int, tenant_id int REFERENCES tenant);
CREATE TABLE link (id int PRIMARY KEY, topic int);
INSERT INTO tenant VALUES (1), (2);
INSERT INTO page VALUES (1, 7, 1), (2, 7, 2), (3, 8, 2), (4, 7, NULL), (5, 8, NULL);
INSERT INTO link VALUES (1, 7), (2, 8);
