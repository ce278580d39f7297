package dev.caravan.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.connection.ClientProgram;
import dev.caravan.connection.ClientTools;
import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.RunDirectory;
import dev.caravan.job.Report.LeftOut;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.Identifiers;
import dev.caravan.servers.TestResources;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreIT {
    private static final String SHOP = "sh\"op $(x) %s\nhost=y";
    private static final TestServer SOURCE = new TestServer();
    private static final TestServer TARGET = new TestServer();
    private static final ClientTools TOOLS = ClientTools.find(SOURCE.major(), List.of());

    /** Owners and privileges of everything that is not PostgreSQL's own, one line each. */
    private static final String PRIVILEGES = TestResources.text("/restore/privileges.sql");

    @TempDir
    Path base;

    @BeforeAll
    static void source() {
        for (TestServer server : List.of(SOURCE, TARGET)) {
            server.sql("postgres", "CREATE ROLE reader", "CREATE ROLE \"wri ter\"", "GRANT \"wri ter\" TO copier");
        }
        SOURCE.sql("postgres", "CREATE ROLE ghost", "CREATE DATABASE " + Identifiers.quoted(SHOP));
        SOURCE.sql(
                SHOP,
                "CREATE EXTENSION citext",
                "CREATE EXTENSION hstore",
                "COMMENT ON EXTENSION hstore IS 'ours'",
                "CREATE SCHEMA \"Odd \"\"x\"\" $(y)\" AUTHORIZATION app",
                "CREATE TYPE mood AS ENUM ('a', 'b')",
                "CREATE DOMAIN word AS text",
                "REVOKE USAGE ON TYPE mood FROM PUBLIC",
                "CREATE TABLE parent (id int PRIMARY KEY, mood mood, secret text)",
                "CREATE TABLE \"Odd \"\"x\"\" $(y)\".\"-t\n;%s\" (id serial, parent int REFERENCES public.parent, w word)",
                "CREATE INDEX by_mood ON parent (mood)",
                "CREATE TABLE p (id int) PARTITION BY RANGE (id)",
                "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10)",
                "CREATE INDEX p_id ON p (id)",
                "CREATE VIEW v AS SELECT id FROM parent",
                "ALTER TABLE \"Odd \"\"x\"\" $(y)\".\"-t\n;%s\" OWNER TO app",
                "ALTER VIEW v OWNER TO \"wri ter\"",
                "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE PROCEDURE pr() LANGUAGE sql AS 'SELECT 1'",
                "CREATE AGGREGATE ag(int) (sfunc = int4pl, stype = int)",
                "REVOKE EXECUTE ON FUNCTION f(int) FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION f(int) TO reader WITH GRANT OPTION",
                "GRANT EXECUTE ON FUNCTION ag(int) TO reader",
                "GRANT SELECT, INSERT ON parent TO \"wri ter\"",
                "GRANT SELECT (id), UPDATE (secret) ON parent TO reader",
                "GRANT SELECT ON parent TO PUBLIC",
                "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
                "GRANT CREATE ON SCHEMA public TO reader, \"wri ter\"",
                "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO reader",
                "CREATE FUNCTION event_noop() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
                "CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION event_noop()",
                "COMMENT ON EVENT TRIGGER watch IS 'w'",
                "CREATE PUBLICATION everything FOR ALL TABLES",
                "CREATE PUBLICATION few FOR TABLE parent",
                "CREATE SUBSCRIPTION back CONNECTION 'host=prod' PUBLICATION x WITH (connect = false)",
                "COMMENT ON SUBSCRIPTION back IS 'b'",
                "ALTER TABLE parent ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY readers ON parent TO reader USING (true)",
                "SELECT lo_create(4711)",
                "GRANT SELECT ON LARGE OBJECT 4711 TO reader");
    }

    /** Restores everything but large objects' content and tells what is left out. */
    private List<LeftOut> restore(TargetServer server, StagingNames names, Set<Archive.Id> builtByUs)
            throws SQLException {
        return restore(TOOLS, server, names, builtByUs);
    }

    private List<LeftOut> restore(ClientTools tools, TargetServer server, StagingNames names, Set<Archive.Id> builtByUs)
            throws SQLException {
        ConnectionConfig source = SOURCE.source("prod", SHOP);
        TargetGuard guard = TargetGuard.check(server, source, List.of());
        try (RunDirectory run = RunDirectory.create(base, server.jobId());
                Connection reader = SOURCE.session(SHOP);
                Connection maintenance = server.maintenance();
                ClientProgram dump = new ClientProgram(
                        tools.pgDump(),
                        ClientProgram.environment(
                                source, SHOP, run.passfile(List.of(source)), "caravan test", Map.of()))) {
            Archive archive = Archive.read(
                    dump.run(List.of("--schema-only", "--format=custom", "--no-password"), new byte[0]), tools);
            TargetRoles roles = TargetRoles.read(maintenance, server);
            StagingDatabase staging = StagingDatabase.create(
                    server, guard, names, DatabaseShape.of(reader), roles.usableOwner(), "token");
            Ownership ownership = Ownership.read(reader, roles, java.util.Set.of());
            try (Connection session = staging.open(server)) {
                RestoreLimits limits = RestoreLimits.read(reader, session, server, roles);
                ArchiveSelection selection = ArchiveSelection.of(archive, builtByUs, limits);
                List<LeftOut> leftOut = new ArrayList<>(selection.leftOut());
                try (ArchiveRestore restore = new ArchiveRestore(tools, run, server, staging, ownership, limits)) {
                    restore.restore(archive, selection.preData());
                    TargetServer.execute(session, "SELECT pg_catalog.lo_create(4711)");
                    restore.restore(archive, selection.postData());
                    if (builtByUs.isEmpty()) {
                        restore.restore(archive, selection.attachments());
                    }
                    leftOut.addAll(ownership.apply(session));
                    restore.restore(archive, selection.eventTriggers());
                }
                return leftOut;
            }
        }
    }

    private static StagingNames names(TargetServer server) {
        return StagingNames.of(SHOP, server.jobId());
    }

    private static List<String> objects(List<LeftOut> leftOut) {
        return leftOut.stream().map(LeftOut::object).sorted().toList();
    }

    @Test
    void aSuperuserGetsTheSourcesOwnersAndPrivileges() throws SQLException {
        TargetServer server = TargetServer.forJob(TARGET.target(SHOP).build(), TestServer.newJob());

        List<LeftOut> leftOut = restore(server, names(server), Set.of());

        assertEquals(List.of("COMMENT SUBSCRIPTION back", "SUBSCRIPTION back"), objects(leftOut));
        String staging = names(server).staging();
        TARGET.sql(staging, "DROP SCHEMA caravan CASCADE");
        assertEquals(SOURCE.one(SHOP, PRIVILEGES), TARGET.one(staging, PRIVILEGES));
        assertEquals("1", TARGET.one(staging, "SELECT count(*) FROM pg_event_trigger"));
        assertEquals(
                SOURCE.one(SHOP, "SELECT lomacl FROM pg_largeobject_metadata"),
                TARGET.one(staging, "SELECT lomacl FROM pg_largeobject_metadata"));
    }

    @Test
    void programsOfALaterVersionRestoreIntoAServerThatDoesNotKnowTheirSettings() throws SQLException {
        int major = RestoreLimits.TRANSACTION_TIMEOUT;
        Assumptions.assumeTrue(TARGET.major() < major, "the server knows all settings");
        Assumptions.assumeTrue(
                hasTools(major), "no client programs of PostgreSQL " + major + " or newer are installed");
        TargetServer server = TargetServer.forJob(TARGET.target(SHOP).build(), TestServer.newJob());

        restore(ClientTools.find(major, List.of()), server, names(server), Set.of());

        String staging = names(server).staging();
        TARGET.sql(staging, "DROP SCHEMA caravan CASCADE");
        assertEquals(SOURCE.one(SHOP, PRIVILEGES), TARGET.one(staging, PRIVILEGES));
    }

    private static boolean hasTools(int major) {
        try {
            return ClientTools.find(major, List.of()).major() >= major;
        } catch (CaravanException e) {
            return false;
        }
    }

    @Test
    void aMapToTheSameRolesGivesTheSamePrivilegesAsPgRestore() throws SQLException {
        TargetServer server = TargetServer.forJob(
                TARGET.target(SHOP).mapping(Map.of("app", "app")).build(), TestServer.newJob());

        restore(server, names(server), Set.of());

        String staging = names(server).staging();
        TARGET.sql(staging, "DROP SCHEMA caravan CASCADE");
        assertEquals(SOURCE.one(SHOP, PRIVILEGES), TARGET.one(staging, PRIVILEGES));
    }

    @Test
    void anOrdinaryLoginLeavesOutWhatItMayNotMakeAndSaysSo() throws SQLException {
        TargetServer server = TargetServer.forJob(
                TARGET.target(SHOP)
                        .as(TestServer.COPIER)
                        .ownedBy(TestServer.OWNER)
                        .mapping(Map.of("wri ter", "wri ter"))
                        .build(),
                TestServer.newJob());

        List<String> leftOut = objects(restore(server, names(server), Set.of()));

        assertTrue(
                leftOut.containsAll(List.of(
                        "EVENT TRIGGER watch",
                        "PUBLICATION everything",
                        "SUBSCRIPTION back",
                        "COMMENT EXTENSION hstore",
                        "COMMENT EVENT TRIGGER watch")),
                leftOut::toString);
        String staging = names(server).staging();
        assertEquals(
                "app", TARGET.one(staging, "SELECT relowner::regrole FROM pg_class WHERE oid = 'parent'::regclass"));
        assertEquals(
                "\"wri ter\"", TARGET.one(staging, "SELECT relowner::regrole FROM pg_class WHERE oid = 'v'::regclass"));
        assertEquals("t", TARGET.one(staging, "SELECT has_column_privilege('reader', 'parent', 'secret', 'UPDATE')"));
        assertEquals("f", TARGET.one(staging, "SELECT has_type_privilege('reader', 'mood', 'USAGE')"));
        assertEquals("t", TARGET.one(staging, "SELECT has_schema_privilege('reader', 'public', 'CREATE')"));
        assertEquals(
                "0",
                TARGET.one(
                        staging,
                        "SELECT count(*) FROM pg_class WHERE relowner = 'postgres'::regrole AND oid >= 16384"
                                + " AND relkind <> 't' AND relnamespace <> 'caravan'::regnamespace"));
        assertEquals(
                "f", TARGET.one(staging, "SELECT has_database_privilege('reader', current_database(), 'CONNECT')"));
    }

    @Test
    void missingRolesAreLeftOutAndNamed() throws SQLException {
        SOURCE.sql(
                SHOP,
                "GRANT DELETE ON parent TO ghost",
                "CREATE POLICY ghosts ON parent TO ghost USING (true)",
                "CREATE TABLE haunted ()",
                "ALTER TABLE haunted OWNER TO ghost");
        try (Connection reader = SOURCE.session(SHOP);
                Connection maintenance = TARGET.session("postgres")) {
            TargetServer server = TargetServer.forJob(TARGET.target(SHOP).build(), TestServer.newJob());
            assertEquals(Set.of("ghost"), Ownership.missingRoles(reader, TargetRoles.read(maintenance, server)));

            List<LeftOut> leftOut = restore(server, names(server), Set.of());

            List<String> objects = objects(leftOut);
            assertTrue(
                    objects.containsAll(
                            List.of("POLICY public parent ghosts", "ownership by ghost", "privileges of ghost")),
                    objects::toString);
            String staging = names(server).staging();
            assertEquals(
                    "postgres",
                    TARGET.one(staging, "SELECT relowner::regrole FROM pg_class WHERE oid = 'haunted'::regclass"));
            assertEquals(
                    "app",
                    TARGET.one(
                            staging,
                            "SELECT relowner::regrole FROM pg_class WHERE relnamespace::regnamespace::text LIKE '%Odd%' AND"
                                    + " relkind = 'r'"));
        } finally {
            SOURCE.sql(SHOP, "DROP TABLE haunted", "DROP POLICY ghosts ON parent", "REVOKE ALL ON parent FROM ghost");
        }
    }

    @Test
    void whatIsBuiltInAnotherWayAndSkippedExtensionsStayOut() throws SQLException {
        String oids =
                SOURCE.one(SHOP, "SELECT string_agg(oid::text, ',') FROM pg_constraint WHERE contype IN ('p', 'f')");
        Set<Archive.Id> builtByUs = new java.util.HashSet<>();
        for (String oid : oids.split(",", -1)) {
            builtByUs.add(new Archive.Id(2606, Long.parseLong(oid)));
        }
        for (String index : List.of("by_mood", "p_id", "p1_id_idx")) {
            builtByUs.add(
                    new Archive.Id(1259, Long.parseLong(SOURCE.one(SHOP, "SELECT '" + index + "'::regclass::oid"))));
        }
        TargetServer server =
                TargetServer.forJob(TARGET.target(SHOP).skipping("citext").build(), TestServer.newJob());

        List<LeftOut> leftOut = restore(server, names(server), builtByUs);

        String staging = names(server).staging();
        assertEquals(
                "0",
                TARGET.one(
                        staging,
                        "SELECT count(*) FROM pg_index WHERE indexrelid >= 16384 AND indrelid::regclass::text !~"
                                + " 'pg_toast|caravan'"));
        assertEquals("hstore", TARGET.one(staging, "SELECT extname FROM pg_extension WHERE extname <> 'plpgsql'"));
        assertTrue(objects(leftOut).contains("EXTENSION citext"));
    }
}
