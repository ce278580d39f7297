-- Orders of the last years; what hangs on older ones stays away, and an old one that a kept row needs comes.
CREATE TABLE tenant (id int PRIMARY KEY);
CREATE TABLE product (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, tenant_id int REFERENCES tenant, at date, replaces int REFERENCES orders);
CREATE TABLE line (id int PRIMARY KEY, order_id int REFERENCES orders, product_id int REFERENCES product);
CREATE TABLE comment (id int PRIMARY KEY, line_id int REFERENCES line);
INSERT INTO tenant VALUES (1), (2);
INSERT INTO product VALUES (1), (2), (3), (4);
INSERT INTO orders VALUES (1, 1, '2020-01-01', NULL), (2, 1, '2021-01-01', 1), (3, 1, '2026-01-01', 2), (4, 2, '2026-01-01', NULL), (5, 1, '2019-01-01', NULL), (6, 1, NULL, NULL);
INSERT INTO line SELECT id * 10, id, 1 + id % 4 FROM orders;
INSERT INTO comment SELECT id * 10, id FROM line;
