-- Two tables, and three, that reference each other in a ring: no order of tables satisfies every key, so the keys must
-- come after the rows. Rows, keys with their actions and the deferrable one must survive.
CREATE TABLE department (id int PRIMARY KEY, name text NOT NULL, head int);
CREATE TABLE employee (
  id int PRIMARY KEY,
  name text NOT NULL,
  department int NOT NULL REFERENCES department ON DELETE CASCADE
);
ALTER TABLE department ADD CONSTRAINT department_head_fkey FOREIGN KEY (head) REFERENCES employee ON UPDATE CASCADE ON DELETE SET NULL;
INSERT INTO department SELECT i, 'department ' || i FROM generate_series(1, 20) i;
INSERT INTO employee SELECT i, 'employee ' || i, 1 + i % 20 FROM generate_series(1, 500) i;
UPDATE department SET head = (SELECT min(id) FROM employee e WHERE e.department = department.id);

-- Every column NOT NULL: only a deferred key lets such rows in at all.
CREATE TABLE a (id int PRIMARY KEY, b int NOT NULL);
CREATE TABLE b (id int PRIMARY KEY, c int NOT NULL);
CREATE TABLE c (id int PRIMARY KEY, a int NOT NULL);
ALTER TABLE a ADD CONSTRAINT a_b FOREIGN KEY (b) REFERENCES b DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE b ADD CONSTRAINT b_c FOREIGN KEY (c) REFERENCES c DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE c ADD CONSTRAINT c_a FOREIGN KEY (a) REFERENCES a DEFERRABLE INITIALLY IMMEDIATE;
BEGIN;
SET CONSTRAINTS ALL DEFERRED;
INSERT INTO a SELECT i, i FROM generate_series(1, 100) i;
INSERT INTO b SELECT i, 101 - i FROM generate_series(1, 100) i;
INSERT INTO c SELECT i, i FROM generate_series(1, 100) i;
COMMIT;
