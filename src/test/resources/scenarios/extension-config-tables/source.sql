-- Rows that a user put into an extension's configuration tables: they must be copied, once, after CREATE EXTENSION has put its own rows
-- there; rows outside the condition come with the extension. The extension is one that the tests install into the server.
CREATE EXTENSION caravan_fixture;
INSERT INTO fixture.setting (name, value) VALUES ('colour', 'blue'), ('size', NULL);
INSERT INTO fixture.job (command, setting) VALUES ('VACUUM', 'colour'), ('ANALYZE', 'unit');
CREATE TABLE public.schedule (id int PRIMARY KEY, job bigint REFERENCES fixture.job);
INSERT INTO public.schedule VALUES (1, 1), (2, 2);
