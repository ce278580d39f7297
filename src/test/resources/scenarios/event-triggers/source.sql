-- Event triggers, of which one refuses every table: it must not stop the copy, and it must be there afterwards with its state and tags.
CREATE TABLE ddl_log (tag text, at int);
CREATE FUNCTION log_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.ddl_log VALUES (tg_tag, 1); END $$;
CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no more tables'; END $$;
CREATE TABLE before_trigger (id int PRIMARY KEY);
INSERT INTO before_trigger SELECT generate_series(1, 10);
CREATE EVENT TRIGGER log_ddl_end ON ddl_command_end EXECUTE FUNCTION log_ddl();
CREATE TABLE logged (id int);
CREATE EVENT TRIGGER on_drop ON sql_drop WHEN TAG IN ('DROP TABLE', 'DROP VIEW') EXECUTE FUNCTION log_ddl();
CREATE EVENT TRIGGER sleeping ON ddl_command_start EXECUTE FUNCTION refuse();
ALTER EVENT TRIGGER sleeping DISABLE;
CREATE EVENT TRIGGER always_there ON table_rewrite EXECUTE FUNCTION log_ddl();
ALTER EVENT TRIGGER always_there ENABLE ALWAYS;
COMMENT ON EVENT TRIGGER on_drop IS 'notes what is dropped';
CREATE EVENT TRIGGER refuse_tables ON ddl_command_start WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION refuse();
