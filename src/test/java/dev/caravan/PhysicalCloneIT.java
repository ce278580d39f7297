package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.servers.Login;
import dev.caravan.servers.OwnServer;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that share a system identifier, and databases that share an oid: a source, its standby, and a clone of it. */
class PhysicalCloneIT {
    private static final String IDENTITY = "SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || oid"
            + " FROM pg_database WHERE datname = current_database()";

    private static OwnServer primary;
    private static OwnServer standby;
    private static OwnServer clone;
    private static ServiceUnderTest.Configuration configuration;
    private static ServiceUnderTest service;
    private static final Map<String, TestDatabase> DATABASES = new HashMap<>();

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() {
        primary = OwnServer.start();
        // A database each: what is declared of one pair counts for that pair only.
        for (String name : new String[] {"undeclared", "declared", "same", "upstream", "downstream"}) {
            TestDatabase database = primary.server().createDatabase(name);
            database.execute("CREATE TABLE item (id int PRIMARY KEY)", "INSERT INTO item VALUES (1)");
            DATABASES.put(name, database);
        }
        standby = OwnServer.standbyOf(primary.server());
        clone = OwnServer.standbyOf(primary.server());
        clone.promote();
        configuration = new ServiceUnderTest.Configuration(folder);
        pair("undeclared", primary.server(), clone.server());
        pair("declared", primary.server(), clone.server(), "from-declared");
        TestServer address = primary.server();
        pair(
                "same",
                address,
                new TestServer("127.0.0.1", address.port(), address.superuser(), address.password()),
                "from-same");
        pair("upstream", standby.server(), primary.server(), "from-upstream");
        pair("downstream", primary.server(), standby.server(), "from-downstream");
        service = configuration.start();
    }

    private static void pair(String name, TestServer source, TestServer target, String... clonedFrom) {
        Login login = new Login(source.superuser(), source.password());
        String database = DATABASES.get(name).name();
        configuration.source("from-" + name, new TestDatabase(source, database), login);
        configuration.target("to-" + name, target, database, login);
        for (String declared : clonedFrom) {
            configuration.with("caravan.connection.to-" + name + ".clonedFrom", declared);
        }
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        for (OwnServer server : new OwnServer[] {clone, standby, primary}) {
            if (server != null) {
                server.close();
            }
        }
    }

    private static JsonNode copy(String name) {
        return service.copy("{\"source\":\"from-" + name + "\",\"target\":\"to-" + name + "\"}");
    }

    private static TestDatabase cloned(String name) {
        return new TestDatabase(clone.server(), DATABASES.get(name).name());
    }

    /** @return the problem's words */
    private static String refused(String name) {
        TestDatabase source = DATABASES.get(name);
        String before = source.text(IDENTITY);
        JsonNode job = copy(name);
        assertEquals("FAILED", job.path("state").asText(), job::toString);
        assertEquals("target-protected", job.path("error").path("code").asText(), job::toString);
        assertEquals(before, source.text(IDENTITY));
        assertEquals("1", source.text("SELECT count(*) FROM item"));
        return job.path("error").path("detail").asText()
                + job.path("error").path("hint").asText();
    }

    @Test
    void aCloneThatNobodyDeclaredIsRefused() {
        TestDatabase target = cloned("undeclared");
        assertEquals(DATABASES.get("undeclared").text(IDENTITY), target.text(IDENTITY), "they share an identity");
        String words = refused("undeclared");
        assertTrue(words.contains("caravan.connection.to-undeclared.clonedFrom = from-undeclared"), words);
        assertEquals("1", target.text("SELECT count(*) FROM item"));
    }

    @Test
    void aDeclaredCloneIsReplacedAndItsSourceStays() {
        TestDatabase source = DATABASES.get("declared");
        String before = source.text(IDENTITY);
        source.execute("INSERT INTO item VALUES (2)");
        JsonNode job = copy("declared");
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        assertEquals("2", cloned("declared").text("SELECT count(*) FROM item"));
        assertEquals(before, source.text(IDENTITY));
        assertEquals("2", source.text("SELECT count(*) FROM item"));
    }

    @Test
    void aDeclaredCloneThatIsTheSourceUnderAnotherNameIsRefused() {
        String words = refused("same");
        assertTrue(words.contains("leads to that very server"), words);
    }

    @Test
    void aSourceThatIsTheTargetsOwnStandbyIsRefused() {
        String words = refused("upstream");
        assertTrue(words.contains("is a standby"), words);
    }

    @Test
    void aTargetThatStillFollowsItsSourceIsRefused() {
        String words = refused("downstream");
        assertTrue(words.contains("is a standby"), words);
    }
}
