-- An assignment belongs to whom its project belongs to, and to whom its person belongs to.
CREATE TABLE organisation (id uuid PRIMARY KEY);
CREATE TABLE project (id int PRIMARY KEY, organisation_id uuid REFERENCES organisation);
CREATE TABLE person (id int PRIMARY KEY, organisation_id uuid REFERENCES organisation);
CREATE TABLE assignment (project_id int REFERENCES project, person_id int REFERENCES person, nr int PRIMARY KEY);
CREATE TABLE hours (id int PRIMARY KEY, assignment_nr int REFERENCES assignment);
INSERT INTO organisation VALUES ('aaaaaaaa-0000-4000-8000-000000000001'), ('bbbbbbbb-0000-4000-8000-000000000002'), ('cccccccc-0000-4000-8000-000000000003');
INSERT INTO project VALUES (1, 'aaaaaaaa-0000-4000-8000-000000000001'), (2, 'bbbbbbbb-0000-4000-8000-000000000002'), (3, NULL);
INSERT INTO person VALUES (1, 'aaaaaaaa-0000-4000-8000-000000000001'), (2, 'bbbbbbbb-0000-4000-8000-000000000002');
INSERT INTO assignment VALUES (1, 1, 11), (2, 2, 22), (3, 1, 31), (1, NULL, 10), (2, NULL, 20), (NULL, NULL, 0), (3, 2, 32);
INSERT INTO hours SELECT nr * 100, nr FROM assignment;
