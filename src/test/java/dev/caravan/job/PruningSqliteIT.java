package dev.caravan.job;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class PruningSqliteIT extends PruningScenarios {
    @TempDir
    Path directory;

    @Override
    StoreSettings settings() {
        return new StoreSettings(
                "jdbc:sqlite:" + directory.resolve("caravan.db"), "", "", "node-1", JobStoreScenarios.LEASE, 100);
    }
}
