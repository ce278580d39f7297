package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.comparison.DatabaseComparison;
import dev.caravan.scenario.Scenario;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

/** Each hard database is copied through the API by an administrator's login, and compared with its source. */
class ScenarioCopyIT {
    private static final Map<Scenario, TestDatabase> SOURCES =
            new TreeMap<>((a, b) -> a.name().compareTo(b.name()));
    private static ServiceUnderTest service;

    @TempDir
    static Path folder;

    @BeforeAll
    static void loadAll() {
        TestServer targetServer = TestServers.target();
        Scenario.createRoles(targetServer);
        Login admin = new Login(targetServer.superuser(), targetServer.password());
        Login reader = TestServers.source().createSourceReader("BYPASSRLS");
        ServiceUnderTest.Configuration configuration = new ServiceUnderTest.Configuration(folder);
        Scenario.all().forEach(scenario -> {
            try {
                TestDatabase source = scenario.load(TestServers.source());
                SOURCES.put(scenario, source);
                configuration.source("from-" + scenario.name(), source, reader);
                configuration.target("to-" + scenario.name(), targetServer, copyOf(source), admin);
            } catch (TestAbortedException e) {
                // The server is too old for this one; its test skips.
            }
        });
        service = configuration.start();
    }

    @AfterAll
    static void dropAll() {
        service.close();
        SOURCES.values().forEach(source -> {
            TestServers.target().dropDatabase(copyOf(source));
            source.close();
        });
    }

    private static String copyOf(TestDatabase source) {
        return source.name() + "_copy";
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.scenario.Scenario#all")
    void copyIsIdenticalToItsSource(Scenario scenario) {
        TestDatabase source = SOURCES.get(scenario);
        Assumptions.assumeTrue(source != null, "the server is too old for this scenario");
        JsonNode job = service.copy("{\"source\":\"from-" + scenario.name() + "\",\"target\":\"to-" + scenario.name()
                + "\",\"verify\":\"CONTENT\"}");
        assertEquals("SUCCEEDED", job.get("state").asText(), job::toString);
        List<String> expected = scenario.expectedDifferencesOfACopy();
        List<String> surprises =
                DatabaseComparison.of(source, new TestDatabase(TestServers.target(), copyOf(source)))
                        .differences()
                        .stream()
                        .filter(difference -> expected.stream().noneMatch(difference::startsWith))
                        .toList();
        assertTrue(surprises.isEmpty(), () -> String.join("\n", surprises));
    }
}
