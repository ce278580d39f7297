-- A virtual key from a text to an extension's text and back; both meet as texts do, where case counts. Tenants with odd characters.
CREATE SCHEMA ext;
CREATE EXTENSION citext SCHEMA ext;
CREATE DOMAIN nick AS ext.citext;
CREATE TABLE tenant (code text PRIMARY KEY);
CREATE TABLE account (name ext.citext PRIMARY KEY, tenant text REFERENCES tenant);
CREATE TABLE login (id int PRIMARY KEY, account text);
CREATE TABLE badge (name nick, login_account text);
CREATE TABLE colour (word text UNIQUE);
INSERT INTO tenant VALUES (E'a\'b\\"{},\t%x ü'), ('b');
INSERT INTO account SELECT 'Bob', code FROM tenant WHERE code <> 'b' UNION ALL SELECT 'Jim', 'b';
INSERT INTO login VALUES (1, 'Bob'), (2, 'Jim'), (3, 'bob');
INSERT INTO badge VALUES ('Bob', 'red'), ('BOB', 'red'), ('Jim', 'red');
INSERT INTO colour VALUES ('red'), ('blue');
