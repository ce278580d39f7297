package dev.caravan.job;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.caravan.schema.CaravanException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.pattern.ValidatePattern;

/** The store's open and migrated database: its pool, its file when it is one, its transactions. Thread-safe. */
final class StoreDatabase implements AutoCloseable {
    /** What is done in one transaction. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final Dialect dialect;
    private final HikariDataSource pool;
    /** Null on a server. */
    private final StoreFile file;

    private final AtomicLong transactions = new AtomicLong();

    private StoreDatabase(Dialect dialect, HikariDataSource pool, StoreFile file) {
        this.dialect = dialect;
        this.pool = pool;
        this.file = file;
    }

    static StoreDatabase open(StoreSettings settings) {
        Dialect dialect = Dialect.of(settings.url());
        StoreFile file = dialect == Dialect.SQLITE ? StoreFile.hold(dialect.rest(settings.url())) : null;
        HikariDataSource pool = null;
        try {
            pool = new HikariDataSource(pooling(dialect, settings));
            migrate(dialect, pool);
            return new StoreDatabase(dialect, pool, file);
        } catch (RuntimeException e) {
            if (pool != null) {
                pool.close();
            }
            if (file != null) {
                file.close();
            }
            throw CaravanException.in(e).orElseGet(() -> StoreErrors.whileOpening(e));
        }
    }

    private static HikariConfig pooling(Dialect dialect, StoreSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("job-store");
        config.setJdbcUrl(settings.url());
        config.setConnectionTimeout(10_000);
        if (dialect == Dialect.SQLITE) {
            // SQLite has one writer; with one connection nobody ever meets a locked database.
            config.setMaximumPoolSize(1);
            config.addDataSourceProperty("journal_mode", "WAL");
            // An accepted job must outlive a power cut, so every commit is synced.
            config.addDataSourceProperty("synchronous", "FULL");
            config.addDataSourceProperty("busy_timeout", "5000");
            config.addDataSourceProperty("foreign_keys", "true");
            config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
        } else {
            config.setMaximumPoolSize(4);
            config.setMinimumIdle(1);
            config.setUsername(settings.username());
            config.setPassword(settings.password());
            config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
            config.addDataSourceProperty("ApplicationName", "caravan job store");
            config.addDataSourceProperty("tcpKeepAlive", "true");
            config.addDataSourceProperty("connectTimeout", "10");
            // A process that was stopped in the middle of a transaction must not keep its jobs' rows locked: others
            // take the jobs over.
            config.setConnectionInitSql("SET idle_in_transaction_session_timeout = "
                    + Math.min(Integer.MAX_VALUE, settings.lease().toMillis()));
            // A store that answers no more must not hold a heartbeat for ever.
            config.addDataSourceProperty("socketTimeout", "60");
            config.addDataSourceProperty("logServerErrorDetail", "false");
        }
        return config;
    }

    private static void migrate(Dialect dialect, DataSource pool) {
        Flyway flyway = Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/migration")
                .table("caravan_schema_history")
                .placeholders(Map.of("bytewise", dialect.bytewise()))
                .validateMigrationNaming(true)
                // Flyway by itself lets migrations pass that a newer program has made.
                .ignoreMigrationPatterns(new ValidatePattern[0])
                .cleanDisabled(true)
                .load();
        try {
            flyway.migrate();
        } catch (FlywayValidateException e) {
            throw unknown(flyway)
                    .<RuntimeException>map(StoreErrors::newerSchema)
                    .orElse(e);
        }
    }

    /** The version of an applied migration that this program does not have. */
    private static Optional<String> unknown(Flyway flyway) {
        return Arrays.stream(flyway.info().applied())
                .filter(applied ->
                        applied.getState().isApplied() && !applied.getState().isResolved())
                .map(MigrationInfo::getVersion)
                .map(String::valueOf)
                .findFirst();
    }

    Dialect dialect() {
        return dialect;
    }

    /** Absent where other processes have transactions too. */
    OptionalLong transactions() {
        return dialect == Dialect.SQLITE ? OptionalLong.of(transactions.get()) : OptionalLong.empty();
    }

    int sessionsOpen() {
        return pool.getHikariPoolMXBean().getTotalConnections();
    }

    int sessionsInUse() {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    DataSource dataSource() {
        return pool;
    }

    /**
     * Runs the work in a transaction of its own, which is rolled back when the work throws anything.
     *
     * @param doing what is done, as the end of "… failed"
     */
    <T> T transaction(String doing, Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                transactions.incrementAndGet();
                return result;
            } catch (SQLException | RuntimeException e) {
                undo(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw StoreErrors.whileDoing(e, doing);
        }
    }

    /**
     * Runs one query by itself: without the transaction that it does not need, which would take the place of SQLite's one writer.
     *
     * @param doing what is done, as the end of "… failed"
     */
    <T> T read(String doing, Work<T> query) {
        try (Connection connection = pool.getConnection()) {
            return query.on(connection);
        } catch (SQLException e) {
            throw StoreErrors.whileDoing(e, doing);
        }
    }

    private static void undo(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // A broken connection has rolled back already; what broke it is the error to tell.
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        pool.close();
        if (file != null) {
            file.close();
        }
    }
}
