-- Keys from a table to itself: a tree, a row that references itself, a composite one, and rows stored children first.
CREATE TABLE category (
  id int PRIMARY KEY,
  parent int,
  name text NOT NULL
);
INSERT INTO category SELECT i, nullif(i / 3, 0), 'category ' || i FROM generate_series(300, 1, -1) i;
INSERT INTO category VALUES (1000, 1000, 'its own parent');
ALTER TABLE category ADD CONSTRAINT category_parent_fkey FOREIGN KEY (parent) REFERENCES category ON DELETE CASCADE;

CREATE TABLE node (
  tree int, place int, above int,
  PRIMARY KEY (tree, place),
  FOREIGN KEY (tree, above) REFERENCES node MATCH SIMPLE
);
INSERT INTO node SELECT t, p, nullif(p / 2, 0) FROM generate_series(1, 5) t, generate_series(1, 60) p;
