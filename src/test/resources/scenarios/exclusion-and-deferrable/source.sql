-- Exclusion constraints of several operators, with a predicate and deferrable; unique and primary keys that are deferrable, that
-- include columns, and that were made from an index under another name.
CREATE TABLE booking (
  id int CONSTRAINT booking_key PRIMARY KEY DEFERRABLE INITIALLY DEFERRED,
  room int,
  area circle,
  during int4range,
  cancelled boolean DEFAULT false,
  CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&, area WITH &&) WHERE (NOT cancelled),
  CONSTRAINT one_range_once EXCLUDE USING btree (lower(during) WITH =, room WITH =) DEFERRABLE INITIALLY IMMEDIATE,
  CONSTRAINT room_once UNIQUE (room, during) INCLUDE (cancelled, id) DEFERRABLE
);
INSERT INTO booking SELECT i, i, circle(point(i, i), 1), int4range(i * 10, i * 10 + 5) FROM generate_series(1, 100) i;
INSERT INTO booking VALUES (1000, 1000, '<(1,1),1>', '[10,12)', true);
CREATE TABLE seat (a int NOT NULL, b text NOT NULL, c int);
CREATE UNIQUE INDEX seat_index ON seat (b COLLATE "C" DESC, a) WITH (fillfactor = 80);
CREATE UNIQUE INDEX seat_other ON seat (a, b) INCLUDE (c);
ALTER TABLE seat ADD CONSTRAINT seat_key PRIMARY KEY USING INDEX seat_other;
INSERT INTO seat SELECT i, 'b' || i, i FROM generate_series(1, 50) i;
-- Where the key is swapped within one statement, only a deferrable one lets it.
UPDATE booking SET id = CASE id WHEN 1 THEN 2 WHEN 2 THEN 1 ELSE id END;
