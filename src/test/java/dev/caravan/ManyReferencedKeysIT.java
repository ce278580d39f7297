package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.servers.Login;
import dev.caravan.servers.OwnServer;
import dev.caravan.servers.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A long run: {@code -Dtenant.keys=10000000} rows of one tenant, each referencing a row of its own that must be looked up, by a service with 256 MB of
 * heap. It prints what it took.
 */
@EnabledIfSystemProperty(named = "tenant.keys", matches = "[0-9]+")
class ManyReferencedKeysIT {
    private static final int KEYS = Integer.getInteger("tenant.keys", 0);

    @TempDir
    Path folder;

    @Test
    void tenMillionReferencedKeysFitIntoTheServicesMemory() throws Exception {
        try (OwnServer server = OwnServer.start()) {
            TestDatabase source = server.server().createDatabase("many_keys");
            // Two tables reference the payloads, so that no condition on a payload says whether it is needed.
            source.run(
                    "CREATE TABLE tenant (id int PRIMARY KEY); INSERT INTO tenant VALUES (1), (2);"
                            + " CREATE TABLE payload (id int, word text);"
                            + " CREATE TABLE event (id int, tenant_id int, payload_id int);"
                            + " CREATE TABLE extra (id int PRIMARY KEY, tenant_id int REFERENCES tenant, payload_id int);"
                            + " INSERT INTO payload SELECT i, md5(i::text) FROM generate_series(1, " + KEYS
                            + " * 11 / 10) i;"
                            + " INSERT INTO event SELECT i, CASE WHEN i % 11 = 0 THEN 2 ELSE 1 END, i FROM generate_series(1, "
                            + KEYS
                            + " * 11 / 10) i; INSERT INTO extra VALUES (1, 1, 1), (2, 2, 2);"
                            + " ALTER TABLE payload ADD PRIMARY KEY (id); ALTER TABLE event ADD PRIMARY KEY (id);"
                            + " ALTER TABLE event ADD FOREIGN KEY (tenant_id) REFERENCES tenant, ADD FOREIGN KEY (payload_id) REFERENCES payload;"
                            + " ALTER TABLE extra ADD FOREIGN KEY (payload_id) REFERENCES payload; CREATE INDEX ON event (tenant_id); VACUUM ANALYZE");
            Path policy = folder.resolve("masks.yaml");
            Files.writeString(policy, "policies: {default: {tenantKey: public.tenant.id}}");
            Login login = new Login(server.server().superuser(), server.server().password());
            ServiceUnderTest.Configuration configuration = new ServiceUnderTest.Configuration(folder)
                    .source("from", source, login)
                    .target("to", server.server(), "many_keys_dev", login)
                    .with("caravan.mask.policyFile", policy.toString());
            try (ServiceProcess service = ServiceProcess.start(folder, configuration)) {
                String id = service.create(
                        "{\"source\": \"from\", \"target\": \"to\", \"mask\": false, \"onlyTenants\": [1]}");
                JsonNode job = service.end(id, Duration.ofMinutes(20));
                assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
                System.out.println("referenced keys: " + KEYS + ", peak memory of the service: " + service.peakMemory()
                        + ", phases: "
                        + service.send("GET", "/api/v1/copy-jobs/" + id + "/report", null)
                                .replaceAll(".*(\"phaseMillis\":\\{[^}]*}).*", "$1"));
                assertEquals(
                        source.text("SELECT count(*) FROM event WHERE tenant_id = 1"),
                        new TestDatabase(server.server(), "many_keys_dev").text("SELECT count(*) FROM payload"));
            }
        }
    }
}
