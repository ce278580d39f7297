-- Tenants of a type that an extension brings, to which case does not matter; virtual keys over it too.
CREATE SCHEMA ext;
CREATE EXTENSION citext SCHEMA ext;
CREATE TABLE tenant (code ext.citext PRIMARY KEY);
CREATE TABLE account (name ext.citext UNIQUE, tenant ext.citext REFERENCES tenant);
CREATE TABLE login (id int PRIMARY KEY, account ext.citext);
INSERT INTO tenant VALUES ('Acme'), ('Other');
INSERT INTO account VALUES ('Bob', 'ACME'), ('Jim', 'OTHER');
INSERT INTO login VALUES (1, 'BOB'), (2, 'JIM'), (3, 'bob');
