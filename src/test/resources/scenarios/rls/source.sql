-- Row security: all rows must be copied, also those that the policies hide from their owner; the policies, their roles and FORCE must
-- survive; a policy may read another table.
CREATE TABLE team (id int PRIMARY KEY, member name NOT NULL);
CREATE TABLE document (id int PRIMARY KEY, team int REFERENCES team, secret boolean NOT NULL, body text);
INSERT INTO team SELECT i, 'member ' || i FROM generate_series(1, 10) i;
INSERT INTO document SELECT i, 1 + i % 10, i % 2 = 0, 'body ' || i FROM generate_series(1, 100) i;
ALTER TABLE document OWNER TO scenario_owner;
ALTER TABLE document ENABLE ROW LEVEL SECURITY;
ALTER TABLE document FORCE ROW LEVEL SECURITY;
CREATE POLICY own_team ON document FOR SELECT TO scenario_reader, scenario_writer USING (team IN (SELECT id FROM team WHERE member = current_user));
CREATE POLICY "no ""secrets""" ON document AS RESTRICTIVE USING (NOT secret) WITH CHECK (body <> '');
CREATE POLICY insert_only ON document FOR INSERT TO PUBLIC WITH CHECK (true);
CREATE TABLE enabled_without_policy (id int);
INSERT INTO enabled_without_policy VALUES (1), (2);
ALTER TABLE enabled_without_policy ENABLE ROW LEVEL SECURITY;
CREATE TABLE policy_without_enabling (id int);
INSERT INTO policy_without_enabling VALUES (1);
CREATE POLICY sleeping ON policy_without_enabling USING (false);
GRANT SELECT ON document, team TO scenario_reader;
