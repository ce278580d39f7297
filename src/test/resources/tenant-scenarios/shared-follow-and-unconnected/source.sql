-- Countries are everybody's. Plans come when they are needed, with their features, which the policy lists; plan notes are not listed.
CREATE TABLE continent (id int PRIMARY KEY);
CREATE TABLE country (code text PRIMARY KEY, continent_id int REFERENCES continent);
CREATE TABLE plan (id int PRIMARY KEY, successor_id int REFERENCES plan);
CREATE TABLE feature (id int PRIMARY KEY, plan_id int REFERENCES plan, icon_id int);
CREATE TABLE icon (id int PRIMARY KEY);
ALTER TABLE feature ADD FOREIGN KEY (icon_id) REFERENCES icon;
CREATE TABLE plan_note (id int PRIMARY KEY, plan_id int REFERENCES plan);
CREATE TABLE tenant (id int PRIMARY KEY, plan_id int REFERENCES plan, country text REFERENCES country);
CREATE TABLE migration (version int PRIMARY KEY);
INSERT INTO continent VALUES (1), (2), (3);
INSERT INTO country VALUES ('de', 1), ('jp', 2);
INSERT INTO plan VALUES (3, NULL), (2, 3), (1, 2), (4, NULL);
INSERT INTO icon VALUES (1), (2), (3), (4);
INSERT INTO feature VALUES (1, 1, 1), (2, 3, 2), (3, 4, 3), (4, NULL, 4);
INSERT INTO plan_note VALUES (1, 1), (2, 4);
INSERT INTO tenant VALUES (1, 1, 'de'), (2, 4, 'jp');
INSERT INTO migration VALUES (1), (2);
