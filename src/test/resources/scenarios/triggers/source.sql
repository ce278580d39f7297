-- Triggers in every state. The load must fire none of them: one raises an exception, one changes the row, one writes elsewhere, and
-- that also for those that are ENABLE ALWAYS.
CREATE TABLE invoice (id int PRIMARY KEY, amount numeric, changed int DEFAULT 0);
CREATE TABLE audit (id serial PRIMARY KEY, what text);
INSERT INTO invoice SELECT i, i FROM generate_series(1, 200) i;
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the load fired a trigger'; END $$;
CREATE FUNCTION change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.changed := 1; RETURN NEW; END $$;
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.audit (what) VALUES (TG_NAME || TG_ARGV[0]); RETURN NULL; END $$;
CREATE TRIGGER a_change BEFORE INSERT OR UPDATE OF amount ON invoice FOR EACH ROW WHEN (NEW.amount > 0) EXECUTE FUNCTION change();
CREATE TRIGGER b_note AFTER INSERT ON invoice REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note(' "by" b\\');
CREATE CONSTRAINT TRIGGER c_deferred AFTER INSERT ON invoice DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note('deferred');
INSERT INTO invoice SELECT i, i FROM generate_series(201, 205) i;
CREATE TRIGGER d_refuse BEFORE INSERT ON invoice FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER e_sleeping BEFORE INSERT ON invoice FOR EACH ROW EXECUTE FUNCTION refuse();
ALTER TABLE invoice DISABLE TRIGGER e_sleeping;
CREATE TRIGGER f_replica BEFORE INSERT ON invoice FOR EACH ROW EXECUTE FUNCTION refuse();
ALTER TABLE invoice ENABLE REPLICA TRIGGER f_replica;
CREATE TRIGGER g_always BEFORE INSERT ON invoice FOR EACH STATEMENT EXECUTE FUNCTION refuse();
ALTER TABLE invoice ENABLE ALWAYS TRIGGER g_always;
CREATE TRIGGER h_truncate BEFORE TRUNCATE ON invoice EXECUTE FUNCTION refuse();
COMMENT ON TRIGGER d_refuse ON invoice IS 'refuses';
CREATE VIEW invoice_view AS SELECT id, amount FROM invoice;
CREATE TRIGGER instead_of INSTEAD OF INSERT ON invoice_view FOR EACH ROW EXECUTE FUNCTION refuse();
-- On a partitioned table, with another state on one partition.
CREATE TABLE part (id int) PARTITION BY RANGE (id);
CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (10);
CREATE TABLE part_2 PARTITION OF part FOR VALUES FROM (10) TO (20);
INSERT INTO part SELECT i FROM generate_series(0, 19) i;
CREATE TRIGGER part_refuse BEFORE INSERT ON part FOR EACH ROW EXECUTE FUNCTION refuse();
ALTER TABLE part_2 DISABLE TRIGGER part_refuse;
