-- Materialised views on tables, on views, on each other (created in an order that is not that of their names), indexed, unpopulated, with
-- options; contents must be those of the rows.
CREATE TABLE sale (id int PRIMARY KEY, shop int, amount numeric);
INSERT INTO sale SELECT i, i % 10, i * 1.5 FROM generate_series(1, 1000) i;
CREATE MATERIALIZED VIEW z_by_shop AS SELECT shop, sum(amount) AS total, count(*) FROM sale GROUP BY shop;
CREATE UNIQUE INDEX z_by_shop_key ON z_by_shop (shop);
CREATE INDEX z_by_shop_total ON z_by_shop (total DESC) WHERE total > 100;
CREATE VIEW big_shop AS SELECT * FROM z_by_shop WHERE total > 70000;
CREATE MATERIALIZED VIEW m_big WITH (fillfactor = 70) AS SELECT b.shop, s.id FROM big_shop b JOIN sale s USING (shop);
CREATE MATERIALIZED VIEW a_top AS SELECT max(id) AS id, (SELECT count(*) FROM m_big) AS n FROM m_big;
CREATE MATERIALIZED VIEW unfilled AS SELECT * FROM a_top WITH NO DATA;
CREATE INDEX unfilled_n ON unfilled (n);
CREATE MATERIALIZED VIEW without_table AS SELECT i, i * i AS square FROM generate_series(1, 10) i;
ALTER MATERIALIZED VIEW a_top OWNER TO scenario_owner;
GRANT SELECT ON sale, m_big TO scenario_owner;
ALTER MATERIALIZED VIEW z_by_shop CLUSTER ON z_by_shop_key;
ALTER MATERIALIZED VIEW z_by_shop ALTER COLUMN total SET STATISTICS 500;
COMMENT ON MATERIALIZED VIEW m_big IS 'sales of big shops';
