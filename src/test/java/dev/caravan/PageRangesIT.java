package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table far greater than all others is copied in page ranges side by side, where there are cores for it, and arrives once and whole. */
class PageRangesIT {
    /** A row fills most of a page; some pages are empty, some rows have moved, and a tenth is beyond the pages that were counted. */
    private static final String SOURCE = """
            CREATE TABLE big (id int PRIMARY KEY, filler text) WITH (fillfactor = 10, autovacuum_enabled = false);
            ALTER TABLE big ALTER filler SET STORAGE PLAIN;
            INSERT INTO big SELECT i, repeat(chr(97 + i % 26), 5000) FROM generate_series(1, 26000) i;
            CREATE TABLE small (id int REFERENCES big);
            INSERT INTO small SELECT i * 100 + 1 FROM generate_series(0, 200) i;
            DELETE FROM big WHERE id % 50 = 0;
            UPDATE big SET filler = 'moved' WHERE id % 13 = 0;
            VACUUM ANALYZE big;
            INSERT INTO big SELECT i, repeat('z', 5000) FROM generate_series(30001, 32000) i;
            """;

    @TempDir
    Path folder;

    @Test
    void theLongestPoleIsCopiedInPageRanges() {
        Assumptions.assumeTrue(TestServers.source().major() >= 14, "TID range scans came with 14");
        TestServer server = TestServers.target();
        try (TestDatabase source = TestServers.source().createDatabase("page_ranges")) {
            source.run(SOURCE);
            try (ServiceUnderTest service = new ServiceUnderTest.Configuration(folder)
                    .source("from", source, TestServers.source().createSourceReader("BYPASSRLS"))
                    .target("to", server, "page_ranges_copy", new Login(server.superuser(), server.password()))
                    .with("caravan.cores", "4")
                    .start()) {
                JsonNode job = service.copy("{\"source\": \"from\", \"target\": \"to\", \"verify\": \"CONTENT\"}");
                assertEquals("SUCCEEDED", job.get("state").asText(), job::toString);
                JsonNode tables = service.call("GET", job.at("/links/tables").asText(), null);
                int parts = 0;
                for (JsonNode table : tables.get("items")) {
                    if (table.get("table").asText().equals("public.big")) {
                        parts = table.path("parts").asInt();
                    }
                }
                assertTrue(parts >= 3, tables::toString);
                String count = "SELECT count(*) || ' ' || count(DISTINCT id) || ' ' || sum(length(filler)) FROM big";
                assertEquals(source.text(count), new TestDatabase(server, "page_ranges_copy").text(count));
            } finally {
                server.dropDatabase("page_ranges_copy");
            }
        }
    }
}
