-- What may not be NULL cannot be emptied, and of two columns that may be nobody says which: both are told at once.
CREATE TABLE tenant (id int PRIMARY KEY);
CREATE TABLE car (id int, fleet int, tenant_id int REFERENCES tenant, PRIMARY KEY (id, fleet));
CREATE TABLE driver (id int PRIMARY KEY, tenant_id int REFERENCES tenant);
CREATE TABLE booking (id int PRIMARY KEY, tenant_id int NOT NULL REFERENCES tenant, car_id int, car_fleet int, driver_id int NOT NULL REFERENCES driver,
  FOREIGN KEY (car_id, car_fleet) REFERENCES car);
INSERT INTO tenant VALUES (1), (2);
INSERT INTO car VALUES (2, 1, 2);
INSERT INTO driver VALUES (2, 2);
INSERT INTO booking VALUES (2, 1, 2, 1, 2);
