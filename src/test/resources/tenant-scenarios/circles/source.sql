-- Teams have a lead, and members have a team: a circle, with projects as its one way to an account. A team of nobody stands beside.
CREATE TABLE account (id int PRIMARY KEY);
CREATE TABLE project (id int PRIMARY KEY, account_id int REFERENCES account);
CREATE TABLE team (id int PRIMARY KEY, project_id int REFERENCES project, lead_id int);
CREATE TABLE member (id int PRIMARY KEY, team_id int REFERENCES team, mentor_id int REFERENCES member);
ALTER TABLE team ADD FOREIGN KEY (lead_id) REFERENCES member;
INSERT INTO account VALUES (1), (2);
INSERT INTO project VALUES (1, 1), (2, 2);
INSERT INTO team VALUES (1, 1, NULL), (2, 2, NULL), (3, NULL, NULL), (4, NULL, NULL), (5, NULL, NULL);
INSERT INTO member VALUES (1, 1, NULL), (2, 2, NULL), (3, 3, NULL), (4, NULL, 1), (5, NULL, 4), (6, NULL, 2), (7, NULL, NULL), (8, 5, 8);
-- Team 4 belongs through its lead, who belongs through team 1; the team that member 3 leads is nobody's.
UPDATE team SET lead_id = 1 WHERE id IN (1, 4);
UPDATE team SET lead_id = 3 WHERE id = 3;
