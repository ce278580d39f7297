-- Plans are everybody's, but only those on sale come, and an old one that a taken row needs, with what that needs; nothing hangs on them.
CREATE TABLE tenant (id int PRIMARY KEY);
CREATE TABLE currency (code text PRIMARY KEY);
CREATE TABLE plan (id int PRIMARY KEY, on_sale boolean, currency text REFERENCES currency, replaces int REFERENCES plan);
CREATE TABLE plan_price (id int PRIMARY KEY, plan_id int REFERENCES plan);
CREATE TABLE contract (id int PRIMARY KEY, tenant_id int REFERENCES tenant, plan_id int REFERENCES plan);
INSERT INTO tenant VALUES (1), (2);
INSERT INTO currency VALUES ('eur'), ('usd'), ('dem');
INSERT INTO plan VALUES (1, false, 'dem', NULL), (2, false, 'usd', 1), (3, true, 'eur', NULL), (4, NULL, 'dem', NULL), (5, true, 'eur', 4), (6, false, 'usd', NULL);
INSERT INTO plan_price VALUES (1, 1), (3, 3);
INSERT INTO contract VALUES (1, 1, 2), (2, 2, 6), (3, 1, 3);
