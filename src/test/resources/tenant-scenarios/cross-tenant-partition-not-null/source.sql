-- A partition refuses the NULL that the partitioned table takes.
CREATE TABLE tenant (id int PRIMARY KEY);
CREATE TABLE product (id int PRIMARY KEY, tenant_id int REFERENCES tenant);
CREATE TABLE sale (id int, tenant_id int REFERENCES tenant, product_id int REFERENCES product) PARTITION BY LIST (id);
CREATE TABLE sale_1 PARTITION OF sale FOR VALUES IN (1,2);
ALTER TABLE sale_1 ALTER product_id SET NOT NULL;
INSERT INTO tenant VALUES (1),(2); INSERT INTO product VALUES (1,1),(2,2);
INSERT INTO sale VALUES (1,1,1),(2,1,2);
