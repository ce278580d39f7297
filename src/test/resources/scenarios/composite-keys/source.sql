-- Keys of several columns: in another order than the columns, to a unique constraint and to a unique index, MATCH FULL with
-- NULLs, two keys between the same tables, and one that includes a column of the primary key.
CREATE TABLE shop (country char(2), number int, label text NOT NULL, PRIMARY KEY (number, country), UNIQUE (label, country));
CREATE TABLE product (sku text, variant smallint, shop_number int NOT NULL, shop_country char(2) NOT NULL, price numeric(12, 2));
CREATE UNIQUE INDEX product_key ON product (variant, sku);
ALTER TABLE product ADD CONSTRAINT product_shop FOREIGN KEY (shop_country, shop_number) REFERENCES shop (country, number);
CREATE TABLE sale (
  id bigint PRIMARY KEY,
  sku text,
  variant smallint,
  seller text,
  seller_country char(2),
  replacement_sku text,
  replacement_variant smallint,
  CONSTRAINT sale_product FOREIGN KEY (sku, variant) REFERENCES product (sku, variant) MATCH FULL,
  CONSTRAINT sale_replacement FOREIGN KEY (replacement_variant, replacement_sku) REFERENCES product (variant, sku),
  CONSTRAINT sale_seller FOREIGN KEY (seller_country, seller) REFERENCES shop (country, label) ON UPDATE CASCADE
);
INSERT INTO shop SELECT (ARRAY['DE', 'FR', 'IT'])[1 + i % 3], i, 'shop ' || i FROM generate_series(1, 30) i;
INSERT INTO product SELECT 'sku ' || i, i % 4, number, country, i * 1.10 FROM generate_series(1, 200) i JOIN shop ON number = 1 + i % 30;
INSERT INTO sale SELECT i, 'sku ' || i % 200, (i % 200) % 4, 'shop ' || number, country, NULL, 3 FROM generate_series(1001, 1999) i JOIN shop ON number = 1 + i % 30 WHERE i % 200 <> 0;
INSERT INTO sale VALUES (1, NULL, NULL, NULL, NULL, NULL, NULL), (2, NULL, NULL, 'shop 1', NULL, 'sku 1', 1);
