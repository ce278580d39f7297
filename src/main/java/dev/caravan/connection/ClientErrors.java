package dev.caravan.connection;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What may be repeated of a client program's error output. Its own lines name objects; the lines that follow one ({@code DETAIL},
 * {@code CONTEXT}, {@code Command was}) may hold values and are dropped, and so is what a server's sentence quotes after it
 * said that a value is invalid.
 */
final class ClientErrors {
    private static final int MAX_LINES = 20;
    private static final int MAX_LENGTH = 400;
    private static final Pattern OWN_LINE = Pattern.compile("pg_(?:dump|restore): (.*)");
    private static final Pattern FOLLOWED = Pattern.compile("(?:DETAIL|CONTEXT|HINT|QUERY|STATEMENT|Command was):.*");
    private static final Pattern QUOTES_VALUE = Pattern.compile(
            "(.*ERROR: +(?:invalid |malformed |value |date/time |cannot cast |bad |missing |unterminated ))"
                    + "|(.*ERROR: +[^\"]*(?: out of range| too long| is not valid))",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern RAISED = Pattern.compile(".*ERROR: .*");

    /** What pg_restore of 17 and later says first of all to any server, and servers before 17 refuse. */
    private static final String TRANSACTION_TIMEOUT = "Command was: SET transaction_timeout = 0;";

    private ClientErrors() {}

    /**
     * Whether a pg_restore that goes on after errors met no other than an older server's refusal of a setting. Its own last line, which
     * nothing of a command's text can follow, has counted them.
     */
    static boolean onlyTransactionTimeout(String output) {
        List<String> lines = output.lines().toList();
        return !lines.isEmpty()
                && lines.get(lines.size() - 1).equals("pg_restore: warning: errors ignored on restore: 1")
                && lines.stream()
                        .filter(line -> line.startsWith("Command was: "))
                        .findFirst()
                        .filter(TRANSACTION_TIMEOUT::equals)
                        .isPresent();
    }

    static List<String> safeLines(String output) {
        List<String> kept = new ArrayList<>();
        boolean first = true;
        for (String line : output.lines().toList()) {
            var own = OWN_LINE.matcher(line);
            // Names stand in lines of the program's own; a line that only looks like one can come from a command's
            // text.
            if (kept.size() < MAX_LINES && own.matches()) {
                kept.add(safe(own.group(1)));
            } else if (first && line.equals(TRANSACTION_TIMEOUT)) {
                // The program went on: what it says next is why it failed.
                kept.clear();
                first = false;
            } else if (FOLLOWED.matcher(line).matches() && line.startsWith("Command was")) {
                // What follows can be a command's text.
                break;
            }
        }
        return kept;
    }

    private static String safe(String line) {
        String shown = line;
        if (RAISED.matcher(line).matches() && QUOTES_VALUE.matcher(line).lookingAt()) {
            shown = line.substring(0, line.indexOf("ERROR: ")) + "ERROR: a value was refused";
        }
        return shown.length() > MAX_LENGTH ? shown.substring(0, MAX_LENGTH) + "…" : shown;
    }

    static CaravanException failure(String program, int status, List<String> lines) {
        String said = lines.stream()
                .filter(line -> !line.startsWith("while ") && !line.startsWith("warning: "))
                .reduce((a, b) -> a + "; " + b)
                .orElse("it gave no reason that may be shown");
        ErrorCode code = code(said.toLowerCase(Locale.ROOT));
        return CaravanException.of(code, program + " failed with status " + status + ": " + said + ".", hint(code));
    }

    private static ErrorCode code(String said) {
        if (said.contains("password authentication failed")
                || said.contains("no pg_hba.conf entry")
                || said.contains("no password supplied")
                || said.contains("authentication failed")) {
            return ErrorCode.AUTHENTICATION_FAILED;
        }
        if (said.contains("no space left on device") || said.contains("could not extend file")) {
            return ErrorCode.DISK_FULL;
        }
        if (said.contains("too many clients")
                || said.contains("too many connections")
                || said.contains("remaining connection slots")) {
            return ErrorCode.INSUFFICIENT_CONNECTIONS;
        }
        if (said.contains("permission denied")
                || said.contains("must be owner")
                || said.contains("must be superuser")
                || said.contains("must be member of role")
                || said.contains("must be able to set role")) {
            return ErrorCode.INSUFFICIENT_PRIVILEGE;
        }
        if (said.contains("server version mismatch")) {
            return ErrorCode.TOOL_MISSING;
        }
        if (said.contains("could not open extension control file")
                || (said.contains("extension \"") && said.contains("is not available"))) {
            return ErrorCode.EXTENSION_MISSING;
        }
        if (said.contains("out of shared memory") || said.contains("max_locks_per_transaction")) {
            return ErrorCode.INSUFFICIENT_LOCKS;
        }
        if (said.contains("lock timeout") || said.contains("could not obtain lock")) {
            return ErrorCode.LOCK_TIMEOUT;
        }
        if (said.contains("invalid snapshot identifier")
                || (said.contains("snapshot \"") && said.contains("does not exist"))) {
            return ErrorCode.SNAPSHOT_LOST;
        }
        if (said.contains("conflict with recovery")) {
            return ErrorCode.SOURCE_CANCELLED_READ;
        }
        if (said.contains("could not connect")
                || said.contains("connection to server")
                || said.contains("could not translate host name")
                || said.contains("server closed the connection")
                || said.contains("the database system is ")
                || said.contains("ssl connection has been closed")
                || said.contains("could not receive data from server")
                || said.contains("could not send data to server")
                || said.contains("terminating connection")
                || said.contains("no connection to the server")) {
            return ErrorCode.CONNECTION_UNREACHABLE;
        }
        return ErrorCode.TOOL_FAILED;
    }

    private static String hint(ErrorCode code) {
        return switch (code) {
            case AUTHENTICATION_FAILED -> "Check the connection's username and password, and the server's pg_hba.conf.";
            case DISK_FULL ->
                "Free disk space on the target's server; the new database needs its size beside the old one.";
            case INSUFFICIENT_CONNECTIONS -> "Raise max_connections or the role's connection limit.";
            case INSUFFICIENT_PRIVILEGE ->
                "Grant the connection's role what the sentence above names, or let it be left out.";
            case TOOL_MISSING -> "Install client programs that are at least as new as the source's server.";
            case EXTENSION_MISSING ->
                "Install the extension's package on the target's server, or name it in the connection's extensions.skip.";
            case INSUFFICIENT_LOCKS -> "Raise max_locks_per_transaction on that server and restart it.";
            case LOCK_TIMEOUT ->
                "Another session holds a stronger lock; run the job again when it is gone, or use a replica.";
            case SOURCE_CANCELLED_READ ->
                "A standby cancels reads that conflict with replay: raise max_standby_streaming_delay, or set"
                        + " hot_standby_feedback = on.";
            case SNAPSHOT_LOST -> "See the source's log for why the snapshot's session ended; then run the job again.";
            case CONNECTION_UNREACHABLE -> "Check the connection's host, port and database, and that the server is up.";
            default -> "The server's log has the full message.";
        };
    }
}
