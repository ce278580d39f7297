package dev.caravan.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.job.CopyRequest;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.mask.TenantPolicy;
import dev.caravan.schema.TableName;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServers;
import dev.caravan.tenant.ScopeFinder;
import dev.caravan.tenant.Selection;
import dev.caravan.tenant.TakenRows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ByPagesIT {
    @Test
    void rowsBehindAnIndexAreReadByPagesAndOthersAreNot() {
        try (TestDatabase database = TestServers.source().createDatabase("pages")) {
            database.run("""
                    CREATE TABLE account (id bigint PRIMARY KEY, tenant_id int NOT NULL);
                    CREATE TABLE entry (id bigint PRIMARY KEY, account_id bigint NOT NULL REFERENCES account (id), text text);
                    CREATE TABLE bare (id bigint PRIMARY KEY, account_id bigint NOT NULL REFERENCES account (id), text text);
                    CREATE TABLE note (id bigint PRIMARY KEY, account_id bigint NOT NULL REFERENCES account (id));
                    INSERT INTO account SELECT i, i % 10 FROM generate_series(1, 1000) i;
                    INSERT INTO entry SELECT i, 1 + i % 1000, repeat('x', 200) FROM generate_series(1, 20000) i;
                    INSERT INTO bare SELECT * FROM entry;
                    INSERT INTO note SELECT i, i FROM generate_series(1, 5) i;
                    CREATE INDEX ON account (tenant_id);
                    CREATE INDEX ON entry (account_id);
                    CREATE INDEX ON note (account_id);
                    ANALYZE;
                    """);
            try (SourceJob source = TenantSource.open(database)) {
                CopyRequest request = TenantSource.request(Optional.of(List.of(3)), CopyRequest.CrossTenant.FAIL);
                TakenRows taken = source.taken(ScopeFinder.find(source.catalog(), policy(), request), () -> {});
                assertTrue(byPages(taken, "entry"));
                assertFalse(byPages(taken, "bare"), "no index finds the rows");
                assertFalse(byPages(taken, "note"), "a page is read at once");
                assertFalse(byPages(taken, "account"), "the column tells");
            }
        }
    }

    private static boolean byPages(TakenRows taken, String table) {
        List<Selection> selections =
                taken.selections(new TableName("public", table)).orElseThrow();
        assertEquals(1, selections.size());
        return selections.get(0).byPages();
    }

    private static MaskPolicy policy() {
        return TenantSource.policy(
                List.of(),
                new TenantPolicy(
                        Optional.empty(),
                        Optional.of("tenant_id"),
                        List.of(),
                        List.of(),
                        Map.of(),
                        List.of(),
                        "masks.yaml:3"));
    }
}
