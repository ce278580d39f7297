package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the plan of some tenants takes on a schema of many tables and keys. {@code -Dschema.tables=512 -Dschema.keys=900} makes a larger one;
 * what it took is printed.
 */
class LargeSchemaIT {
    private static final int TABLES = Integer.getInteger("schema.tables", 140);
    private static final int KEYS = Integer.getInteger("schema.keys", 340);

    /** Generous, for busy machines; what grows with the square of the keys is far beyond. */
    private static final Duration MOST = Duration.ofSeconds(15);

    @TempDir
    private static Path folder;

    private TestDatabase source;
    private TestDatabase target;
    private ServiceUnderTest service;

    @BeforeEach
    void start() throws IOException {
        source = TestServers.source().createDatabase("large_schema");
        source.run(schema());
        TestServer server = TestServers.target();
        target = server.createDatabase("large_schema_dev");
        Path policy = folder.resolve("masks.yaml");
        Files.writeString(policy, "policies: {default: {tenantKey: public.t0.id}}");
        service = new ServiceUnderTest.Configuration(folder)
                .source("from", source, TestServers.source().createSourceReader("BYPASSRLS"))
                .target("to", server, target.name(), new Login(server.superuser(), server.password()))
                .with("caravan.mask.policyFile", policy.toString())
                .start();
    }

    @AfterEach
    void stop() {
        service.close();
        source.close();
        target.server().dropDatabase(target.name());
    }

    /** Each table hangs on an earlier one, at random; the other keys lead anywhere, back and in circles too. A third has a tenant column. */
    private static String schema() {
        Random random = new Random(7);
        StringBuilder sql = new StringBuilder(
                "BEGIN;\nCREATE TABLE t0 (id int PRIMARY KEY);\nINSERT INTO t0 VALUES (1), (2), (3);\n");
        StringBuilder keys = new StringBuilder();
        int left = KEYS;
        for (int i = 1; i < TABLES; i++) {
            boolean own = i % 3 == 1;
            sql.append("CREATE TABLE t").append(i).append(" (id int PRIMARY KEY, up int");
            keys.append("ALTER TABLE t")
                    .append(i)
                    .append(" ADD FOREIGN KEY (up) REFERENCES t")
                    .append(own ? 0 : random.nextInt(i))
                    .append(";\n");
            left--;
            int more = Math.max(0, Math.min(3, left / Math.max(1, TABLES - i) - 1 + random.nextInt(2)));
            for (int k = 0; k < more; k++) {
                sql.append(", f").append(k).append(" int");
                keys.append("ALTER TABLE t")
                        .append(i)
                        .append(" ADD FOREIGN KEY (f")
                        .append(k)
                        .append(") REFERENCES t")
                        .append(1 + random.nextInt(TABLES - 1))
                        .append(";\n");
                left--;
            }
            sql.append(");\nINSERT INTO t").append(i).append(" SELECT i, i FROM generate_series(1, 3) i;\n");
        }
        return sql.append(keys).append("COMMIT; ANALYZE;").toString();
    }

    @Test
    void aPlanOfManyTablesAndKeysTakesSeconds() {
        String request =
                "{\"source\":\"from\",\"target\":\"to\",\"mask\":false,\"onlyTenants\":[2],\"crossTenant\":\"include\"}";
        long shortest = Long.MAX_VALUE;
        StringBuilder took = new StringBuilder();
        for (int run = 0; run < 3; run++) {
            long begun = System.nanoTime();
            JsonNode plan = service.call("POST", "/api/v1/plans", request);
            long millis = (System.nanoTime() - begun) / 1_000_000;
            assertEquals(TABLES, plan.path("tables").size(), plan::toString);
            took.append(' ').append(millis);
            shortest = Math.min(shortest, millis);
        }
        System.out.println("plan of " + TABLES + " tables and "
                + source.text("SELECT count(*) FROM pg_constraint WHERE contype = 'f'") + " foreign keys, in ms:"
                + took);
        assertTrue(shortest < MOST.toMillis(), "the plan took" + took + " ms");
    }
}
