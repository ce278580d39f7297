-- Tenants under a collation that takes different texts for equal, which the server alone can tell.
CREATE COLLATION any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE note (id int PRIMARY KEY, organisation text COLLATE any_case, word text);
CREATE TABLE remark (id int PRIMARY KEY, note_id int REFERENCES note);
INSERT INTO note VALUES (1, 'Acme', 'a'), (2, 'ACME', 'b'), (3, 'Other', 'c'), (4, NULL, 'd');
INSERT INTO remark VALUES (1, 1), (2, 2), (3, 3);
