-- A booking's own tenant column decides; its car may be another tenant's, by a key of two columns of which the policy says one.
CREATE TABLE tenant (id int PRIMARY KEY);
CREATE TABLE car (id int, fleet int, tenant_id int REFERENCES tenant, PRIMARY KEY (id, fleet));
CREATE TABLE driver (id int PRIMARY KEY, tenant_id int REFERENCES tenant);
CREATE TABLE booking (id int PRIMARY KEY, tenant_id int NOT NULL REFERENCES tenant, car_id int, car_fleet int, driver_id int REFERENCES driver,
  FOREIGN KEY (car_id, car_fleet) REFERENCES car);
INSERT INTO tenant VALUES (1), (2);
INSERT INTO car VALUES (1, 1, 1), (2, 1, 2), (3, 1, NULL);
INSERT INTO driver VALUES (1, 1), (2, 2);
INSERT INTO booking VALUES (1, 1, 1, 1, 1), (2, 1, 2, 1, 2), (3, 1, 3, 1, 2), (4, 2, 2, 1, 2), (5, 1, 2, 1, 1), (6, 2, 1, 1, 1);
