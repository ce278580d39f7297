package dev.caravan.job;

import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import org.junit.jupiter.api.AfterEach;

final class PruningPostgresIT extends PruningScenarios {
    private TestDatabase database;

    @Override
    StoreSettings settings() {
        TestServer server = TestServers.target();
        database = server.createDatabase("pruning");
        return new StoreSettings(
                server.url(database.name()),
                server.superuser(),
                server.password(),
                "node-1",
                JobStoreScenarios.LEASE,
                100);
    }

    @AfterEach
    @Override
    void close() {
        super.close();
        database.close();
    }
}
