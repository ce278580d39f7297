-- Keys of two columns, half of which may be NULL; keys to a unique column that is no primary key; text tenants with odd characters.
CREATE TABLE tenant (nr int PRIMARY KEY, code text UNIQUE NOT NULL);
CREATE TABLE branch (country text, town text, tenant_code text REFERENCES tenant (code), PRIMARY KEY (country, town));
CREATE TABLE till (serial text UNIQUE, id int PRIMARY KEY, country text, town text, FOREIGN KEY (country, town) REFERENCES branch);
CREATE TABLE receipt (id int PRIMARY KEY, till text REFERENCES till (serial), currency text, kind int);
CREATE TABLE currency (code text, kind int, PRIMARY KEY (code, kind));
ALTER TABLE receipt ADD FOREIGN KEY (currency, kind) REFERENCES currency;
INSERT INTO tenant VALUES (1, 'o''brien "\x'), (2, 'O''BRIEN'), (3, '');
INSERT INTO branch VALUES ('de', 'Bonn', 'o''brien "\x'), ('de', 'Ulm', 'O''BRIEN'), ('fr', 'Bonn', '');
INSERT INTO till VALUES ('a', 1, 'de', 'Bonn'), ('b', 2, 'de', 'Ulm'), ('c', 3, 'fr', 'Bonn'), ('d', 4, 'de', NULL), (NULL, 5, 'de', 'Bonn');
INSERT INTO currency VALUES ('eur', 1), ('eur', 2), ('usd', 1);
INSERT INTO receipt VALUES (1, 'a', 'eur', 2), (2, 'b', 'eur', 1), (3, 'c', 'usd', 1), (4, 'd', 'eur', 1), (5, 'a', 'usd', NULL), (6, NULL, 'usd', 1);
