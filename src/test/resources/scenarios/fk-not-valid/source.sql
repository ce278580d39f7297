-- Foreign keys that are NOT VALID, with rows that violate them and rows that do not.
CREATE TABLE parent (id int PRIMARY KEY);
INSERT INTO parent SELECT generate_series(1, 50);
CREATE TABLE orphan (id int PRIMARY KEY, parent int);
INSERT INTO orphan SELECT i, i FROM generate_series(1, 100) i;
ALTER TABLE orphan ADD CONSTRAINT orphan_parent FOREIGN KEY (parent) REFERENCES parent ON DELETE CASCADE NOT VALID;
CREATE TABLE good (id int PRIMARY KEY, parent int);
INSERT INTO good SELECT i, i FROM generate_series(1, 50) i;
ALTER TABLE good ADD CONSTRAINT good_parent FOREIGN KEY (parent) REFERENCES parent DEFERRABLE NOT VALID;
ALTER TABLE good ADD CONSTRAINT good_again FOREIGN KEY (parent) REFERENCES parent NOT VALID;
ALTER TABLE good VALIDATE CONSTRAINT good_again;
