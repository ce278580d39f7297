-- Nothing is declared but one key; the policy knows the rest. Numbers of different size and texts of different types are compared.
CREATE TABLE account (id bigint PRIMARY KEY);
CREATE TABLE login (id int PRIMARY KEY, account int, mail varchar(40) UNIQUE);
CREATE TABLE letter (id int PRIMARY KEY, receiver text, attachment int);
CREATE TABLE attachment (id int PRIMARY KEY);
CREATE TABLE page_view (id int, login_id smallint);
INSERT INTO account VALUES (1), (2);
INSERT INTO login VALUES (1, 1, 'a@x.example'), (2, 2, 'b@x.example'), (3, 7, 'c@x.example');
INSERT INTO letter VALUES (1, 'a@x.example', 1), (2, 'b@x.example', 2), (3, 'nobody@x.example', 3), (4, 'a@x.example', 99);
INSERT INTO attachment VALUES (1), (2), (3);
INSERT INTO page_view VALUES (1, 1), (1, 2), (1, 3), (2, 1), (3, NULL), (4, 77);
