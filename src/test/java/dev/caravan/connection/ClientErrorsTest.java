package dev.caravan.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientErrorsTest {
    @Test
    void onlyTheProgramsOwnLinesAreKept() {
        List<String> lines = ClientErrors.safeLines("""
                pg_restore: while PROCESSING TOC:
                pg_restore: from TOC entry 215; 1259 16390 TABLE foo postgres
                pg_restore: error: could not execute query: ERROR:  relation "foo" already exists
                DETAIL:  Key (id)=(canary) exists.
                CONTEXT:  COPY foo, line 1: "canary"
                Command was: INSERT INTO foo VALUES ('canary');
                pg_restore: error: canary in a function's body
                """);

        assertEquals(3, lines.size());
        assertFalse(lines.toString().contains("canary"));
    }

    @Test
    void aServersSentenceAboutAValueIsNotRepeated() {
        for (String sentence : List.of(
                "invalid input syntax for type integer: \"canary\"",
                "date/time field value out of range: \"canary\"",
                "value \"canary\" is out of range for type integer",
                "malformed array literal: \"canary\"")) {
            assertEquals(
                    List.of("error: could not execute query: ERROR: a value was refused"),
                    ClientErrors.safeLines("pg_restore: error: could not execute query: ERROR:  " + sentence));
        }
    }

    @Test
    void wellKnownSentencesGetTheirCode() {
        assertEquals(ErrorCode.INSUFFICIENT_PRIVILEGE, code("ERROR:  permission denied for schema public"));
        assertEquals(ErrorCode.DISK_FULL, code("ERROR:  could not extend file \"base/1\": No space left on device"));
        assertEquals(
                ErrorCode.CONNECTION_UNREACHABLE,
                code("connection to server at \"x\" (1.2.3.4), port 5432 failed: Connection refused"));
        assertEquals(
                ErrorCode.AUTHENTICATION_FAILED,
                code("connection to server at \"x\", port 5432 failed: FATAL:  password authentication failed"));
        assertEquals(ErrorCode.EXTENSION_MISSING, code("ERROR:  extension \"postgis\" is not available"));
        assertEquals(ErrorCode.TOOL_FAILED, code("ERROR:  syntax error at or near \"x\""));
    }

    /** What pg_restore 17 says of a server of 15 when it goes on after errors. */
    private static final String REFUSED = """
            pg_restore: error: could not execute query: ERROR:  unrecognized configuration parameter "transaction_timeout"
            Command was: SET transaction_timeout = 0;
            """;

    @Test
    void anOlderServersRefusalOfTheProgramsOwnSettingIsNoFailure() {
        assertTrue(
                ClientErrors.onlyTransactionTimeout(REFUSED + "pg_restore: warning: errors ignored on restore: 1\n"));
        // With --exit-on-error nothing is counted: the program has ended there.
        assertFalse(ClientErrors.onlyTransactionTimeout(REFUSED));
    }

    @Test
    void whatFailsAfterThatRefusalIsTheFailure() {
        String output = REFUSED + """
                pg_restore: error: could not execute query: ERROR:  type "t" does not exist
                Command was: CREATE TABLE canary (
                pg_restore: warning: errors ignored on restore: 1
                );
                pg_restore: warning: errors ignored on restore: 2
                """;
        assertFalse(ClientErrors.onlyTransactionTimeout(output));
        assertEquals(
                List.of("error: could not execute query: ERROR:  type \"t\" does not exist"),
                ClientErrors.safeLines(output));
    }

    @Test
    void anotherCommandsRefusalIsAFailure() {
        assertFalse(ClientErrors.onlyTransactionTimeout("""
                pg_restore: error: could not execute query: ERROR:  schema "s" already exists
                Command was: CREATE SCHEMA s;
                pg_restore: warning: errors ignored on restore: 1
                """));
    }

    private static ErrorCode code(String sentence) {
        return ClientErrors.failure("pg_restore", 1, ClientErrors.safeLines("pg_restore: error: " + sentence))
                .code();
    }
}
