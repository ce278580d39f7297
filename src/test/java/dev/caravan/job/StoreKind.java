package dev.caravan.job;

import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.nio.file.Path;

/** The databases that a store lives in. */
enum StoreKind {
    SQLITE {
        @Override
        StorePlace place(Path directory) {
            return new StorePlace("jdbc:sqlite:" + directory.resolve("caravan.db"), "", "", () -> {});
        }
    },
    POSTGRES {
        @Override
        StorePlace place(Path directory) {
            TestServer server = TestServers.target();
            TestDatabase database = server.createDatabase("store");
            return new StorePlace(database.url(), server.superuser(), server.password(), database::close);
        }
    };

    /**
     * An empty one, for the caller to close.
     *
     * @param directory an empty one, for a file
     */
    abstract StorePlace place(Path directory);

    /** Says which one a test's store lives in. */
    interface Chosen {
        StoreKind kind();
    }

    interface Sqlite extends Chosen {
        @Override
        default StoreKind kind() {
            return SQLITE;
        }
    }

    interface Postgres extends Chosen {
        @Override
        default StoreKind kind() {
            return POSTGRES;
        }
    }
}
