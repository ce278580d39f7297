-- Rules: INSTEAD on a table (a row loaded into it must not be redirected), ALSO, conditional ones, on a view, disabled ones, and a table
-- that became a view by its rule's grace.
CREATE TABLE stock (id int PRIMARY KEY, amount int);
CREATE TABLE stock_log (id int, at timestamptz DEFAULT '2020-01-01', what text);
INSERT INTO stock SELECT i, i FROM generate_series(1, 100) i;
CREATE RULE log_update AS ON UPDATE TO stock WHERE NEW.amount <> OLD.amount DO ALSO INSERT INTO stock_log (id, what) VALUES (OLD.id, 'update');
CREATE RULE no_insert AS ON INSERT TO stock DO INSTEAD INSERT INTO stock_log (id, what) VALUES (NEW.id, 'refused');
CREATE RULE no_delete AS ON DELETE TO stock DO INSTEAD NOTHING;
UPDATE stock SET amount = amount + 1 WHERE id <= 10;
INSERT INTO stock VALUES (1000, 1000);
CREATE RULE sleeping AS ON DELETE TO stock_log DO INSTEAD NOTHING;
ALTER TABLE stock_log DISABLE RULE sleeping;
CREATE RULE on_replica AS ON UPDATE TO stock_log DO ALSO NOTHING;
ALTER TABLE stock_log ENABLE REPLICA RULE on_replica;
CREATE VIEW stock_view AS SELECT id, amount FROM stock;
CREATE RULE view_insert AS ON INSERT TO stock_view DO INSTEAD INSERT INTO stock_log (id, what) VALUES (NEW.id, 'by view') RETURNING id, 0;
COMMENT ON RULE view_insert ON stock_view IS 'what an insert does';
