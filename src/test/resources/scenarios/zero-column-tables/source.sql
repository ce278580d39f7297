-- Tables without any column: COPY has no syntax for a list of none, yet the number of rows must match.
CREATE TABLE nothing ();
CREATE TABLE rows_of_nothing ();
INSERT INTO rows_of_nothing DEFAULT VALUES;
INSERT INTO rows_of_nothing DEFAULT VALUES;
INSERT INTO rows_of_nothing DEFAULT VALUES;
CREATE TABLE child_of_nothing (a int) INHERITS (nothing);
INSERT INTO child_of_nothing VALUES (1);
CREATE VIEW view_of_nothing AS SELECT FROM rows_of_nothing;
CREATE MATERIALIZED VIEW stored_nothing AS SELECT FROM rows_of_nothing;
