package dev.caravan.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.TableName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store that is new for each test, on a clock that stands still. */
abstract class OpenedStore implements StoreKind.Chosen {
    static final Duration LEASE = StorePlace.LEASE;
    static final Instant NOON = TestClock.NOON;

    @TempDir
    Path directory;

    final TestClock clock = new TestClock();
    StorePlace place;
    Store opened;
    JobStore store;

    @BeforeEach
    void open() {
        place = kind().place(directory);
        reopen("node-1", 100);
    }

    @AfterEach
    void close() {
        opened.close();
        place.close();
    }

    /** Closes the store and opens it once more. */
    final void reopen(String node, int queueLimit) {
        if (opened != null) {
            opened.close();
        }
        opened = Store.open(place.settings(node, queueLimit), clock);
        store = opened.jobs();
    }

    final CopyJob created(String target) {
        return store.create(CopyRequest.of("shop-prod", target), Optional.empty())
                .job();
    }

    final CopyJob running(String target) {
        created(target);
        return store.claim().orElseThrow();
    }

    static ErrorCode codeOf(Callable<?> call) {
        return assertThrows(CaravanException.class, call::call).code();
    }

    final List<String> messages(String id) {
        return store.events(id, 0, 100).stream().map(JobEvent::message).toList();
    }

    static TableProgress table(String name, long rows) {
        return new TableProgress(
                TableName.parse(name),
                TableProgress.State.COPYING,
                "binary",
                2,
                rows,
                10 * rows,
                OptionalLong.of(4096),
                new Progress.Indexes(3, 1),
                17,
                0);
    }

    static CaravanException refused(String url, String username, String password) {
        StoreSettings settings = StorePlace.settings(url, username, password, "node-9", 100);
        CaravanException error = assertThrows(CaravanException.class, () -> Store.open(settings, Clock.systemUTC())
                .close());
        assertEquals(ErrorCode.CONFIGURATION, error.code(), error.getMessage());
        assertFalse(error.hint().isEmpty());
        assertFalse(said(error).contains("s3cret"));
        return error;
    }

    static String said(CaravanException error) {
        return error.getMessage() + error.hint() + error.attributes();
    }

    final void sql(String statement) throws SQLException {
        try (Connection connection = opened.dataSource().getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
