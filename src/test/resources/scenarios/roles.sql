-- Roles of all scenarios; both servers need them, since roles are not part of a database.
DO $do$
DECLARE
  role name;
BEGIN
  FOREACH role IN ARRAY ARRAY['scenario_owner', 'scenario_reader', 'scenario_writer', 'Scenario "odd" role', 'scenario_grantor'] LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = role) THEN
      EXECUTE format('CREATE ROLE %I', role);
    END IF;
  END LOOP;
END
$do$;
