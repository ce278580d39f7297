package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.Trials.Trial;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A source whose own definitions do what they can while they are restored on the target and checked there: a CHECK, a domain, a generated
 * column, a default, an index expression, an index predicate, a materialised view, triggers, a rule, an event trigger. Whatever runs writes
 * down that it ran, and then reaches for a superuser's rights, another role, a file, and the old target.
 */
class HostileSchemaIT {
    private static final String HOSTILE = """
            CREATE FUNCTION public.reach(place text) RETURNS boolean LANGUAGE plpgsql AS $f$
            DECLARE
              act text;
            BEGIN
              IF pg_catalog.current_database() NOT LIKE '%\\_caravan\\_%' THEN RETURN true; END IF;
              RAISE WARNING 'reached by %', place;
              FOREACH act IN ARRAY ARRAY[
                'RESET ROLE', 'RESET SESSION AUTHORIZATION', 'SET ROLE {superuser}', 'CREATE ROLE {intruder} SUPERUSER LOGIN',
                'ALTER ROLE {login} SUPERUSER', 'ALTER ROLE {login} CREATEROLE', 'ALTER ROLE {login} BYPASSRLS',
                'GRANT {superuser} TO {login}', 'GRANT pg_execute_server_program TO {login}', 'GRANT pg_write_server_files TO {login}',
                'COPY (SELECT 1) TO PROGRAM ''touch {file}''', 'COPY (SELECT 1) TO ''{file}''', 'ALTER SYSTEM SET log_min_messages = panic',
                'CREATE FUNCTION public.c() RETURNS int LANGUAGE c AS ''$libdir/plpgsql'', ''plpgsql_call_handler''',
                'SET session_preload_libraries = ''evil''', 'SELECT pg_catalog.lo_export(1, ''{file}'')',
                'SELECT pg_catalog.pg_read_file(''postgresql.conf'')', 'LOAD ''auto_explain'''] LOOP
                BEGIN
                  EXECUTE act;
                EXCEPTION WHEN OTHERS THEN NULL;
                END;
              END LOOP;
              RETURN true;
            END $f$;
            -- An immutable function may do nothing, but call one that may.
            CREATE FUNCTION public.reach_from(place text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $f$ BEGIN RETURN public.reach(place); END $f$;
            CREATE FUNCTION public.reach_on_write() RETURNS trigger LANGUAGE plpgsql AS
              $f$ BEGIN PERFORM public.reach('trigger'); INSERT INTO public.fired VALUES (tg_name); RETURN new; END $f$;
            CREATE FUNCTION public.reach_on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $f$ BEGIN PERFORM public.reach('ddl'); END $f$;
            CREATE DOMAIN public.odd AS text CHECK (public.reach('domain'));
            CREATE TABLE public.fired (name text);
            CREATE TABLE public.bait (
              id int PRIMARY KEY DEFAULT CASE WHEN public.reach('default') THEN 1 END,
              word public.odd,
              other text CHECK (public.reach('check')),
              twice boolean GENERATED ALWAYS AS (public.reach_from('generated')) STORED);
            INSERT INTO public.bait (id, word, other) SELECT i, 'w' || i, 'o' || i FROM pg_catalog.generate_series(1, 20) i;
            CREATE INDEX bait_expression ON public.bait ((public.reach_from(other)));
            CREATE INDEX bait_predicate ON public.bait (id) WHERE public.reach_from(other);
            CREATE MATERIALIZED VIEW public.bait_seen AS SELECT id, public.reach('view') AS seen FROM public.bait;
            CREATE TRIGGER bait_written BEFORE INSERT ON public.bait FOR EACH ROW EXECUTE FUNCTION public.reach_on_write();
            ALTER TABLE public.bait ENABLE ALWAYS TRIGGER bait_written;
            CREATE RULE bait_twice AS ON INSERT TO public.bait DO ALSO INSERT INTO public.fired VALUES ('rule');
            -- What a session with public in its search_path would call instead of the server's own.
            CREATE FUNCTION public.quote_ident(text) RETURNS text LANGUAGE plpgsql AS $f$ BEGIN RAISE 'shadow'; END $f$;
            CREATE FUNCTION public.current_database() RETURNS name LANGUAGE plpgsql AS $f$ BEGIN RAISE 'shadow'; END $f$;
            CREATE FUNCTION public.md5(int) RETURNS text LANGUAGE plpgsql AS $f$ BEGIN RAISE 'shadow'; END $f$;
            CREATE FUNCTION public.equal(text, int) RETURNS boolean LANGUAGE plpgsql AS $f$ BEGIN RAISE 'shadow'; END $f$;
            CREATE OPERATOR public.= (LEFTARG = text, RIGHTARG = int, FUNCTION = public.equal);
            """;

    private static final String ROLES = """
            SELECT string_agg(concat_ws('|', rolname, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication,
              (SELECT string_agg(roleid::regrole::text, ',' ORDER BY roleid) FROM pg_auth_members WHERE member = r.oid)), ';' ORDER BY rolname)
            FROM pg_roles r
            """;

    @TempDir
    static Path folder;

    private static Trials trials;
    private static Trial ordinary;
    private static Trial superuser;

    @BeforeAll
    static void start() {
        TestServer target = TestServers.target();
        trials = new Trials(folder);
        ordinary = hostile("ordinary", target.createTargetLogin());
        superuser = hostile("superuser", new Login(target.superuser(), target.password()));
        trials.start();
    }

    private static Trial hostile(String name, Login writer) {
        String script = HOSTILE.replace("{superuser}", TestServers.target().superuser())
                .replace("{login}", writer.role())
                .replace("{intruder}", intruder(name))
                .replace("{file}", folder.resolve(name).toString());
        return trials.add(name, script, TestServers.source().createSourceReader("BYPASSRLS"), writer);
    }

    private static String intruder(String name) {
        return "intruder_by_" + name;
    }

    @AfterAll
    static void stop() {
        trials.close();
    }

    @Test
    void whatTheSourcesDefinitionsDoWhileTheyAreRestoredGetsThemNothing() throws Exception {
        TestDatabase server = Trials.postgres(TestServers.target());
        String roles = server.text(ROLES);
        for (String mode : new String[] {"\"verify\":\"COUNTS\"", "\"verify\":\"CONTENT\""}) {
            JsonNode job = trials.service().copy(ordinary.request(mode));
            assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
            assertEquals(roles, server.text(ROLES));
            assertTrue(Files.notExists(folder.resolve("ordinary")));
            TestDatabase copy = ordinary.target();
            assertEquals("20", copy.text("SELECT count(*) FROM public.bait"));
            // Not even a trigger that fires always, nor the rule, saw the rows come in.
            assertEquals("0", copy.text("SELECT count(*) FROM public.fired"));
            assertEquals("A", copy.text("SELECT tgenabled FROM pg_trigger WHERE tgname = 'bait_written'"));
            assertEquals("1", copy.text("SELECT count(*) FROM pg_rules WHERE rulename = 'bait_twice'"));
            assertEquals("0", copy.text("SELECT count(*) FROM pg_proc WHERE proname = 'c'"));
        }
        trials.assertNothingLeft();
    }

    /** That the bait is one: what the documentation warns of is true, and the test above could fail. */
    @Test
    void aSuperusersLoginIsWhatTheyReachFor() {
        TestDatabase server = Trials.postgres(TestServers.target());
        JsonNode job = trials.service().copy(superuser.request());
        try {
            assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
            assertEquals(
                    "t", server.text("SELECT rolsuper FROM pg_roles WHERE rolname = '" + intruder("superuser") + "'"));
            String report = trials.service()
                    .call("GET", "/api/v1/copy-jobs/" + job.get("id").asText() + "/report", null)
                    .toString();
            assertTrue(report.contains("The target's login is a superuser"), report);
        } finally {
            server.execute("DROP ROLE IF EXISTS " + intruder("superuser"));
        }
    }

    @Test
    void whatRunsAsMachineCodeIsRefusedForAnOrdinaryLogin() {
        ordinary.source()
                .execute(
                        "CREATE FUNCTION public.machine_code() RETURNS int LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler'");
        try {
            JsonNode problem = trials.service().copy(ordinary.request()).path("error");
            assertEquals("unsupported-object", problem.path("code").asText(), problem::toString);
            assertTrue(problem.path("detail").asText().contains("machine_code"), problem::toString);
        } finally {
            ordinary.source().execute("DROP FUNCTION public.machine_code()");
        }
    }
}
