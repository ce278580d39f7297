package dev.caravan.connection;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Turns the driver's exception into ours, once, where JDBC ends. SQLSTATE, table, column and constraint are kept; the
 * server's DETAIL, its message where it may quote a value, and the statement are not.
 */
public final class SqlErrors {
    private SqlErrors() {}

    /**
     * @param doing what was being done, as the end of "… failed", such as {@code reading public.customer}
     */
    public static CaravanException translate(SQLException e, String connection, String doing) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        CaravanException error = CaravanException.of(code(state), detail(state, e, connection, doing), hint(state))
                .with("connection", connection);
        if (!state.isEmpty()) {
            error = error.with("sqlState", state);
        }
        ServerErrorMessage server = serversOwn(e);
        if (server != null) {
            if (server.getTable() != null) {
                error = error.with("table", server.getSchema() + "." + server.getTable());
            }
            if (server.getColumn() != null) {
                error = error.with("column", server.getColumn());
            }
            if (server.getConstraint() != null) {
                error = error.with("constraint", server.getConstraint());
            }
        }
        return error;
    }

    private static String detail(String state, SQLException e, String connection, String doing) {
        return "On \"" + connection + "\", " + doing + " failed" + (state.isEmpty() ? "" : " with SQLSTATE " + state)
                + quotable(state, e) + ".";
    }

    /**
     * The server's own sentence, where its class cannot quote a row's value: names and settings only. Class 22 (data) and 23
     * (constraints), and anything raised by a function, may.
     */
    private static String quotable(String state, SQLException e) {
        boolean safe = state.startsWith("08")
                || state.startsWith("28")
                || state.startsWith("3D")
                || state.startsWith("3F")
                || state.startsWith("53")
                || state.startsWith("55")
                || state.startsWith("57")
                || state.equals("42501")
                || state.equals("42P01")
                || state.equals("42704")
                || state.equals("42710")
                || state.equals("42P04")
                || state.equals("42883")
                || state.equals("0A000")
                || state.equals("25006");
        ServerErrorMessage server = serversOwn(e);
        if (!safe || server == null) {
            return "";
        }
        String message = server.getMessage();
        return message == null ? "" : ": " + message.lines().findFirst().orElse("");
    }

    /**
     * What the server itself says, or null where a function may speak: RAISE chooses SQLSTATE, message, table, column and
     * constraint as it likes, and only the context gives it away. The context of COPY names a table and a line.
     */
    private static ServerErrorMessage serversOwn(SQLException e) {
        if (!(e instanceof PSQLException driver) || driver.getServerErrorMessage() == null) {
            return null;
        }
        ServerErrorMessage server = driver.getServerErrorMessage();
        String context = server.getWhere();
        return context == null || context.startsWith("COPY ") ? server : null;
    }

    private static ErrorCode code(String state) {
        return switch (state) {
            case "28P01", "28000" -> ErrorCode.AUTHENTICATION_FAILED;
            case "42501" -> ErrorCode.INSUFFICIENT_PRIVILEGE;
            case "55P03" -> ErrorCode.LOCK_TIMEOUT;
            case "40P01" -> ErrorCode.DEADLOCK;
            case "57014" -> ErrorCode.STATEMENT_CANCELLED;
            case "40001" -> ErrorCode.SOURCE_CANCELLED_READ;
            case "53100" -> ErrorCode.DISK_FULL;
            case "53300" -> ErrorCode.INSUFFICIENT_CONNECTIONS;
            case "53200" -> ErrorCode.INSUFFICIENT_LOCKS;
            case "55006" -> ErrorCode.TARGET_IN_USE;
            default ->
                state.startsWith("23")
                        ? ErrorCode.CONSTRAINT_FAILED
                        : state.startsWith("08") || state.startsWith("57P") || state.equals("3D000")
                                ? ErrorCode.CONNECTION_UNREACHABLE
                                : ErrorCode.DATABASE;
        };
    }

    private static String hint(String state) {
        return switch (code(state)) {
            case AUTHENTICATION_FAILED -> "Check the connection's username and password, and the server's pg_hba.conf.";
            case INSUFFICIENT_PRIVILEGE -> "Grant the connection's role what the sentence above names.";
            case LOCK_TIMEOUT ->
                "Another session holds a stronger lock; run the job again when it is gone, or use a replica.";
            case DEADLOCK -> "Another session changes the same objects; run the job again when it is done.";
            case STATEMENT_CANCELLED ->
                "A timeout of the server or of the role ended it, or somebody did: the server's log says which.";
            case SOURCE_CANCELLED_READ ->
                "A standby cancels reads that conflict with replay: raise max_standby_streaming_delay, or set"
                        + " hot_standby_feedback = on.";
            case DISK_FULL ->
                "Free disk space on the target's server; the new database needs its size beside the old one.";
            case INSUFFICIENT_CONNECTIONS ->
                "Raise max_connections or the role's connection limit, or lower caravan.workers.";
            case INSUFFICIENT_LOCKS -> "Raise max_locks_per_transaction on that server and restart it.";
            case TARGET_IN_USE -> "Another session is connected to the database; end it, or run the job again.";
            case CONNECTION_UNREACHABLE -> "Check the connection's host, port and database, and that the server is up.";
            case CONSTRAINT_FAILED ->
                "In a masked copy a masked value may break it, as the plan's warnings say: choose another masker, or keep the column."
                        + " Else the source's own rows do: look for a corrupt index (pg_amcheck), and for functions that answer"
                        + " differently on the target.";
            default ->
                "The server's log has the full message; SQLSTATE codes are listed in PostgreSQL's manual, appendix A.";
        };
    }
}
