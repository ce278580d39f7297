-- Organisations have parents, which are tenants of their own: only the chosen ids belong.
CREATE TABLE organisation (id int PRIMARY KEY, parent_id int REFERENCES organisation);
CREATE TABLE seat (id int PRIMARY KEY, organisation_id int NOT NULL REFERENCES organisation);
INSERT INTO organisation VALUES (1, NULL), (11, 1), (12, 1), (111, 11);
INSERT INTO seat SELECT id * 10, id FROM organisation;
