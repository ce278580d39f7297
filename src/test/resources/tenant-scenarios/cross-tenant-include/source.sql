-- A transfer belongs to both ends. The other end comes on purpose, with what it needs and nothing that hangs on it.
CREATE TABLE region (id int PRIMARY KEY);
CREATE TABLE account (id int PRIMARY KEY, region_id int REFERENCES region);
CREATE TABLE card (id int PRIMARY KEY, account_id int REFERENCES account);
CREATE TABLE transfer (id int PRIMARY KEY, from_id int REFERENCES account, to_id int REFERENCES account, card_id int REFERENCES card);
INSERT INTO region VALUES (1), (2), (3);
INSERT INTO account VALUES (1, 1), (2, 2), (3, 3);
INSERT INTO card VALUES (10, 1), (20, 2), (30, 3);
INSERT INTO transfer VALUES (1, 1, 2, 10), (2, 2, 3, 20), (3, 3, 1, NULL), (4, 2, NULL, NULL);
