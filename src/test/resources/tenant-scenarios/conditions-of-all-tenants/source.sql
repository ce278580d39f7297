-- Without tenants: orders of the last years of all of them. What hangs on older ones only stays away, what hangs on nothing comes.
CREATE TABLE tenant (id int PRIMARY KEY);
CREATE TABLE product (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, tenant_id int REFERENCES tenant, at date, replaces int REFERENCES orders);
CREATE TABLE ticket (id int PRIMARY KEY, open boolean);
CREATE TABLE line (id int PRIMARY KEY, order_id int REFERENCES orders, product_id int REFERENCES product);
CREATE TABLE message (id int PRIMARY KEY, order_id int REFERENCES orders, ticket_id int REFERENCES ticket, reply_to int REFERENCES message);
CREATE TABLE rating (order_id int REFERENCES orders);
CREATE TABLE journal (id int PRIMARY KEY, ticket_id int REFERENCES ticket);
INSERT INTO tenant VALUES (1), (2), (3);
INSERT INTO product VALUES (1), (2), (3), (4);
INSERT INTO orders VALUES (1, 1, '2020-01-01', NULL), (2, 1, '2021-01-01', 1), (3, 1, '2026-01-01', 2), (4, 2, '2026-01-01', NULL), (5, 2, '2019-01-01', NULL), (6, 1, NULL, NULL);
INSERT INTO ticket VALUES (1, true), (2, false), (3, NULL), (4, false);
INSERT INTO line SELECT id * 10, id, 1 + id % 4 FROM orders;
INSERT INTO line VALUES (99, NULL, 1);
INSERT INTO message VALUES (1, 3, NULL, NULL), (2, 1, NULL, NULL), (3, NULL, NULL, 2), (4, NULL, NULL, 1), (5, NULL, NULL, NULL), (6, NULL, NULL, 5),
  (7, 5, 1, NULL), (8, 5, 2, NULL), (9, NULL, NULL, 9), (10, NULL, NULL, 8);
INSERT INTO rating VALUES (1), (3), (NULL);
INSERT INTO journal VALUES (1, 1), (2, 4);
