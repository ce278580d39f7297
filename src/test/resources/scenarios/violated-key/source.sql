-- A source that violates its own "validated" foreign key, since the rows were written by a session that fires no triggers. The rows
-- must all come through; the key cannot be validated in a copy.
CREATE TABLE parent (id int PRIMARY KEY);
INSERT INTO parent SELECT generate_series(1, 50);
CREATE TABLE child (id int PRIMARY KEY, parent int CONSTRAINT child_parent REFERENCES parent);
CREATE TABLE honest (id int PRIMARY KEY, parent int CONSTRAINT honest_parent REFERENCES parent);
INSERT INTO honest SELECT i, i FROM generate_series(1, 50) i;
SET session_replication_role = replica;
INSERT INTO child SELECT i, i FROM generate_series(1, 100) i;
RESET session_replication_role;
