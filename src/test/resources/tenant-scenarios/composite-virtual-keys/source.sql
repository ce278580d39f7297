-- Composite virtual keys with NULLs, to and from partitions; a key that only a leaf has; children that inherit; views; a root above itself.
CREATE TABLE org (id int PRIMARY KEY, parent int REFERENCES org);
CREATE TABLE item (org_id int NOT NULL REFERENCES org, nr int, tag int, PRIMARY KEY (org_id, nr)) PARTITION BY LIST (org_id);
CREATE TABLE item_1 PARTITION OF item FOR VALUES IN (1);
CREATE TABLE item_rest PARTITION OF item DEFAULT;
CREATE TABLE tag (id int PRIMARY KEY);
ALTER TABLE item_1 ADD FOREIGN KEY (tag) REFERENCES tag;
CREATE TABLE move (id int PRIMARY KEY, org int, nr smallint, note text) PARTITION BY RANGE (id);
CREATE TABLE move_low PARTITION OF move FOR VALUES FROM (0) TO (100);
CREATE TABLE move_high PARTITION OF move FOR VALUES FROM (100) TO (1000);
CREATE TABLE event (id int PRIMARY KEY, move_id int);
CREATE TABLE special_event (extra text) INHERITS (event);
CREATE VIEW all_events AS SELECT e.id, m.note FROM event e JOIN move m ON m.id = e.move_id;
INSERT INTO org VALUES (1, NULL), (2, 1), (3, 2), (4, NULL);
INSERT INTO tag VALUES (1), (2), (3);
INSERT INTO item VALUES (1, 1, 1), (1, 2, NULL), (2, 1, 2), (4, 1, 3);
INSERT INTO move VALUES (1, 1, 1, 'a'), (2, 1, 99, 'orphan'), (3, NULL, 1, 'nobody'), (4, 4, 1, 'other'), (101, 1, 2, 'high'), (102, 2, 1, 'below'), (103, 1, NULL, 'half');
INSERT INTO event VALUES (1, 1), (2, 4), (3, 101), (4, 777);
INSERT INTO special_event VALUES (11, 1, 'x'), (12, 4, 'y');
