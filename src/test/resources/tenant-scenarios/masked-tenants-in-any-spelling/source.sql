-- Masked, two spellings of one tenant are two: nobody could prove afterwards whose a row is.
CREATE COLLATION any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE note (id int PRIMARY KEY, organisation text COLLATE any_case);
INSERT INTO note VALUES (1, 'Acme'), (2, 'ACME'), (3, 'Other');
