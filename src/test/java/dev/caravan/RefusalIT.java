package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.Trials.Trial;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot work is refused with its own code and a hint, and nothing is made. */
class RefusalIT {
    private static final String ROWS = "CREATE TABLE item AS SELECT i AS id FROM generate_series(1, 10) i";

    private static Trials trials;
    private static Trial password;
    private static Trial unreachable;
    private static Trial missing;
    private static Trial secured;
    private static Trial oneTable;
    private static Trial production;
    private static Trial creates;
    private static Trial foreign;
    private static Trial superusers;
    private static Trial busy;

    private static Path hba;
    private static String hbaBefore;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws IOException {
        TestServer source = TestServers.source();
        TestServer target = TestServers.target();
        Login admin = new Login(target.superuser(), target.password());
        Login writer = target.createTargetLogin();
        trials = new Trials(folder);
        Login guarded = source.createSourceReader("");
        askForPassword(source, guarded);
        password = trials.add("password", ROWS, new Login(guarded.role(), "not-this-one"), admin);
        unreachable = trials.add("unreachable", ROWS);
        try (ServerSocket nobody = new ServerSocket(0)) {
            trials.with(
                    "caravan.connection.from-unreachable.url",
                    "jdbc:postgresql://127.0.0.1:" + nobody.getLocalPort() + "/nowhere");
        }
        missing = trials.add("missing", ROWS);
        trials.with("caravan.connection.from-missing.url", source.url("nowhere"));
        Login reader = source.createLogin("reader", "");
        secured = trials.add(
                "secured",
                ROWS + "; ALTER TABLE item ENABLE ROW LEVEL SECURITY; CREATE POLICY few ON item USING (id < 5)",
                reader,
                admin);
        secured.source().grantReading(reader);
        oneTable = trials.add("one", ROWS, reader, admin);
        oneTable.source().grantReading(reader);
        oneTable.source().execute("CREATE TABLE \"Forgotten\" (id int)");
        production = trials.add("production", ROWS);
        trials.with("caravan.connection.from-production.classification", "production");
        creates = trials.add("creates", ROWS, source.createSourceReader(""), target.createLogin("no_createdb", ""));
        foreign = trials.add("foreign", ROWS, source.createSourceReader(""), writer);
        target.administer("ALTER DATABASE " + foreign.target().name() + " OWNER TO " + target.superuser());
        foreign = new Trial(
                "foreign", foreign.source(), foreign.target(), foreign.target().text(Trials.FINGERPRINT));
        superusers = trials.add(
                "superusers",
                ROWS
                        + "; CREATE FUNCTION of_c() RETURNS trigger LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler'",
                source.createSourceReader(""),
                writer);
        busy = trials.add("busy", ROWS);
        trials.afterLoad(busy, "SELECT pg_catalog.pg_sleep(60)");
        trials.start();
    }

    /** The embedded server trusts everybody; from this role it wants the password. */
    private static void askForPassword(TestServer server, Login login) throws IOException {
        TestDatabase postgres = Trials.postgres(server);
        hba = Path.of(postgres.text("SHOW hba_file"));
        hbaBefore = Files.readString(hba);
        Files.writeString(hba, "host all " + login.role() + " all scram-sha-256\n" + hbaBefore);
        postgres.text("SELECT pg_reload_conf()");
    }

    @AfterAll
    static void stop() throws IOException {
        trials.close();
        Files.writeString(hba, hbaBefore);
        Trials.postgres(TestServers.source()).text("SELECT pg_reload_conf()");
    }

    @Test
    void wrongPassword() {
        JsonNode problem = trials.fails(password, "authentication-failed");
        assertFalse(problem.toString().contains("not-this-one"), problem::toString);
    }

    @Test
    void portWhereNobodyListens() {
        trials.fails(unreachable, "connection-unreachable");
    }

    @Test
    void sourceDatabaseThatIsNotThere() {
        trials.fails(missing, "connection-unreachable");
    }

    @Test
    void rowSecurityThatWouldHideRows() {
        JsonNode problem = trials.fails(secured, "insufficient-privilege");
        assertTrue(problem.path("hint").asText().contains("BYPASSRLS"), problem::toString);
    }

    @Test
    void oneTableThatMayNotBeRead() {
        JsonNode problem = trials.fails(oneTable, "insufficient-privilege");
        assertTrue(problem.path("detail").asText().contains("public.\"Forgotten\""), problem::toString);
        assertFalse(problem.path("detail").asText().contains("item"), problem::toString);
    }

    @Test
    void productionSourceWithoutMasking() {
        JsonNode answer = trials.service()
                .callAs(TestKeys.OPERATOR, "POST", "/api/v1/copy-jobs", production.request("\"mask\":false"));
        JsonNode problem = answer.has("id")
                ? trials.failed(
                        production,
                        "masking-required",
                        trials.service().end(answer.get("id").asText()))
                : answer;
        assertEquals("masking-required", problem.path("code").asText(), problem::toString);
        assertFalse(problem.path("hint").asText().isBlank(), problem::toString);
        trials.assertNothingHappened(production);
    }

    @Test
    void targetLoginThatMayNotCreateDatabases() {
        JsonNode problem = trials.fails(creates, "insufficient-privilege");
        assertTrue(problem.path("hint").asText().contains("CREATEDB"), problem::toString);
    }

    @Test
    void targetDatabaseOfSomebodyElse() {
        trials.fails(foreign, "insufficient-privilege");
    }

    @Test
    void functionThatOnlyASuperuserMayMake() {
        JsonNode problem = trials.fails(superusers, "unsupported-object");
        assertTrue(problem.path("detail").asText().contains("of_c"), problem::toString);
    }

    @Test
    void secondJobOnABusyTarget() {
        String id = trials.service().create(busy.request());
        JsonNode problem = trials.service().call("POST", "/api/v1/copy-jobs", busy.request());
        assertEquals("target-busy", problem.path("code").asText(), problem::toString);
        assertEquals(409, problem.path("status").asInt(), problem::toString);
        assertFalse(problem.path("hint").asText().isBlank(), problem::toString);
        trials.service().call("POST", "/api/v1/copy-jobs/" + id + "/cancel", null);
        assertEquals("CANCELLED", trials.service().end(id).path("state").asText());
        trials.assertNothingHappened(busy);
    }
}
