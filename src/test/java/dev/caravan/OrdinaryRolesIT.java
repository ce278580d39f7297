package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.Trials.Trial;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies by a source's role that may only SELECT and a target's login that may only create databases. */
class OrdinaryRolesIT {
    private static final String SHOP = """
            CREATE EXTENSION hstore;
            CREATE SCHEMA sales;
            CREATE TABLE sales.customer (id serial PRIMARY KEY, name text NOT NULL);
            INSERT INTO sales.customer (name) SELECT 'name ' || i FROM generate_series(1, 300) i;
            CREATE TABLE public.remark (id int PRIMARY KEY, customer_id int REFERENCES sales.customer);
            INSERT INTO public.remark SELECT i, i FROM generate_series(1, 300) i;
            """;

    private static TestServer target;
    private static Login reader;
    private static Login writer;
    private static String owner;
    private static String clerk;
    private static Trials trials;
    private static Trial shop;
    private static Trial properties;
    private static Trial previous;
    private static Trial guarded;
    private static Trial first;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() {
        TestServer source = TestServers.source();
        target = TestServers.target();
        reader = source.createLogin("reader", "");
        writer = target.createTargetLogin();
        owner = target.createLogin("shop_app", "").role();
        clerk = target.createLogin("clerk_dev", "").role();
        String sourceOwner = source.createLogin("shop_owner", "").role();
        String sourceClerk = source.createLogin("clerk", "").role();
        target.administer("GRANT " + owner + " TO " + writer.role());
        trials = new Trials(folder);
        shop = add("shop");
        shop.source()
                .execute(
                        "ALTER TABLE sales.customer OWNER TO " + sourceOwner,
                        "GRANT USAGE ON SCHEMA sales TO " + sourceClerk,
                        "GRANT UPDATE ON sales.customer TO " + sourceClerk);
        shop.source().grantReading(reader);
        trials.with("caravan.connection.to-shop.owner", owner)
                .with("caravan.connection.to-shop.roles", sourceClerk + ":" + clerk)
                .with("caravan.connection.to-shop.extensions.skip", "hstore");
        trials.afterLoad(shop, "UPDATE sales.customer SET name = 'somebody' WHERE id = 1");
        String old = shop.target().name();
        target.administer(
                "ALTER DATABASE " + old + " OWNER TO " + owner,
                "REVOKE CONNECT ON DATABASE " + old + " FROM PUBLIC",
                "GRANT CONNECT ON DATABASE " + old + " TO " + clerk,
                "ALTER DATABASE " + old + " SET work_mem = '7MB'",
                "ALTER ROLE " + clerk + " IN DATABASE " + old + " SET search_path = sales, public",
                "ALTER DATABASE " + old + " CONNECTION LIMIT 42");
        properties = add("properties");
        source.administer("ALTER DATABASE " + properties.source().name() + " SET work_mem = '9MB'");
        target.administer("ALTER DATABASE " + properties.target().name() + " SET work_mem = '7MB'");
        previous = add("previous");
        trials.with("caravan.connection.to-previous.keepPrevious", "true");
        guarded = add("guarded");
        first = add("first");
        first.target().close();
        trials.start();
    }

    private static Trial add(String name) {
        Trial trial = trials.add(name, SHOP, reader, writer);
        trial.source().grantReading(reader);
        return trial;
    }

    @AfterAll
    static void stop() {
        trials.close();
    }

    @Test
    void databaseOfAnotherOwnerIsCopiedWithEverythingThatTheOldOneHadOfItsOwn() throws Exception {
        JsonNode job = succeeds(shop);
        TestDatabase copy = shop.target();
        assertEquals("300", copy.text("SELECT count(*) FROM public.remark"));
        assertEquals("somebody", copy.text("SELECT name FROM sales.customer WHERE id = 1"));
        assertEquals(owner, copy.text("SELECT relowner::regrole FROM pg_class WHERE relname = 'customer'"));
        assertEquals("t", copy.text("SELECT has_table_privilege('" + clerk + "', 'sales.customer', 'UPDATE')"));
        assertEquals("f", copy.text("SELECT has_table_privilege('" + clerk + "', 'sales.customer', 'SELECT')"));
        String everyone = "SELECT has_schema_privilege('public', 'public', 'CREATE')";
        assertEquals(shop.source().text(everyone), copy.text(everyone));
        assertEquals("0", copy.text("SELECT count(*) FROM pg_extension WHERE extname = 'hstore'"));
        assertEquals(
                owner + "|42",
                copy.text("SELECT datdba::regrole || '|' || datconnlimit FROM pg_database"
                        + " WHERE datname = current_database()"));
        assertEquals("7MB", copy.text("SHOW work_mem"));
        assertEquals("t", copy.text("SELECT has_database_privilege('" + clerk + "', current_database(), 'CONNECT')"));
        Login stranger = target.createLogin("stranger", "");
        assertThrows(java.sql.SQLException.class, () -> copy.connect(stranger).close());
        JsonNode report = trials.service()
                .call("GET", "/api/v1/copy-jobs/" + job.get("id").asText() + "/report", null);
        assertTrue(report.path("leftOut").toString().contains("hstore"), report::toString);
        // A setting of one role in the database only that role or a superuser may set.
        assertTrue(report.path("leftOut").toString().contains("search_path"), report::toString);
        trials.assertNothingLeft();
    }

    @Test
    void settingsOfTheSourcesDatabaseAreTakenOnRequest() {
        succeeds(properties, "\"databaseProperties\":\"SOURCE\"");
        assertEquals("9MB", properties.target().text("SHOW work_mem"));
        trials.assertNothingLeft();
    }

    @Test
    void previousDatabaseIsKeptOnRequest() {
        succeeds(previous);
        assertEquals("300", previous.target().text("SELECT count(*) FROM public.remark"));
        String kept = Trials.postgres(target)
                .text("SELECT datname FROM pg_database WHERE datname LIKE '"
                        + previous.target().name().replace("_", "\\_") + "\\_before\\_%'");
        try (TestDatabase old = new TestDatabase(target, kept)) {
            assertEquals("500", old.text("SELECT count(*) FROM old_content"));
        }
        trials.assertNothingLeft();
    }

    @Test
    void targetThatHoldsTablesIsRefusedWhenTheRequestSaysSo() {
        trials.fails(guarded, "target-not-empty", "\"onExisting\":\"FAIL_IF_NOT_EMPTY\"");
    }

    @Test
    void targetDatabaseThatIsNotThereYetIsMade() {
        assertFalse(target.hasDatabase(first.target().name()));
        succeeds(first);
        assertEquals("300", first.target().text("SELECT count(*) FROM public.remark"));
        assertEquals(
                writer.role(),
                first.target().text("SELECT datdba::regrole FROM pg_database WHERE datname = current_database()"));
        trials.assertNothingLeft();
    }

    private static JsonNode succeeds(Trial trial, String... members) {
        JsonNode job = trials.service().copy(trial.request(members));
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        return job;
    }
}
