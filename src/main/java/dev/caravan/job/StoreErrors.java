package dev.caravan.job;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Turns what the store's drivers throw into ours. The drivers' own sentences are left out, since they may quote a value, a URL
 * or a statement; SQLSTATE and SQLite's code are kept.
 */
final class StoreErrors {
    private StoreErrors() {}

    /** @param doing what was being done, as the end of "… failed" */
    static CaravanException whileDoing(SQLException e, String doing) {
        return translated(ErrorCode.DATABASE, e, "In the job store, " + doing + " failed", hint(e));
    }

    /** At the opening of a store every error is one that the operator can mend. */
    static CaravanException whileOpening(Throwable thrown) {
        SQLException cause = sqlCause(thrown);
        if (cause == null) {
            return CaravanException.of(
                    ErrorCode.CONFIGURATION,
                    "The job store cannot be prepared (" + thrown.getClass().getSimpleName() + ").",
                    "Give Caravan a file or a database schema that holds nothing else, and that no one has changed by hand.");
        }
        return translated(ErrorCode.CONFIGURATION, cause, "The job store cannot be opened", hint(cause));
    }

    /** The store was migrated by a newer version of the service. */
    static CaravanException newerSchema(String version) {
        return CaravanException.of(
                ErrorCode.CONFIGURATION,
                "The job store has the schema of a newer release (version " + version + ").",
                "Start the newer release again, or set caravan.store.url to a store of this release's own.");
    }

    private static CaravanException translated(ErrorCode code, SQLException e, String sentence, String hint) {
        if (e instanceof SQLiteException sqlite) {
            String name = sqlite.getResultCode().name();
            return CaravanException.of(code, sentence + " with " + name + ".", hint);
        }
        String state = e.getSQLState();
        return state == null
                ? CaravanException.of(code, sentence + ".", hint)
                : CaravanException.of(code, sentence + " with SQLSTATE " + state + ".", hint)
                        .with("sqlState", state);
    }

    private static String hint(SQLException e) {
        if (e instanceof SQLiteException sqlite) {
            return switch (primary(sqlite)) {
                case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM ->
                    "Let the service's user write the file and its directory (caravan.store.url).";
                case SQLITE_FULL, SQLITE_IOERR -> "Check the disk that holds the file of caravan.store.url.";
                case SQLITE_NOTADB, SQLITE_CORRUPT ->
                    "The file of caravan.store.url is not a sound SQLite database: restore it, or name another.";
                default -> "Check the file of caravan.store.url.";
            };
        }
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "28" -> "Check caravan.store.username, caravan.store.password and the server's pg_hba.conf.";
            case "3D" -> "Make the database that caravan.store.url names, or correct the name.";
            case "08", "57" -> "Check the host and port of caravan.store.url, and that the server is up.";
            case "42" -> "Let the store's user create tables in its schema, and give Caravan a schema of its own.";
            case "53" -> "The store's server lacks disk, memory or connections: free some.";
            case "25" -> "The store's server is a read-only standby: name its primary in caravan.store.url.";
            default -> "The server's log has the full message.";
        };
    }

    /** Extended codes carry their primary one in the lowest byte. */
    private static SQLiteErrorCode primary(SQLiteException e) {
        return SQLiteErrorCode.getErrorCode(e.getResultCode().code & 0xff);
    }

    private static SQLException sqlCause(Throwable thrown) {
        SQLException found = null;
        for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof SQLException sql) {
                // The innermost is the driver's own; the outer ones are the pool's and the migration's wrapping.
                found = sql;
            }
        }
        return found;
    }
}
