-- The column that references another tenant's row tells in which partition, of the second level, the row lies.
CREATE TABLE tenant (id int PRIMARY KEY);
CREATE TABLE product (id int PRIMARY KEY, tenant_id int REFERENCES tenant);
CREATE TABLE sale (id int, year int, tenant_id int REFERENCES tenant, product_id int REFERENCES product) PARTITION BY LIST (year);
CREATE TABLE sale_26 PARTITION OF sale FOR VALUES IN (26) PARTITION BY LIST (product_id);
CREATE TABLE sale_26_some PARTITION OF sale_26 FOR VALUES IN (1, 2);
INSERT INTO tenant VALUES (1), (2);
INSERT INTO product VALUES (1, 1), (2, 2);
INSERT INTO sale VALUES (1, 26, 1, 1), (2, 26, 1, 2);
