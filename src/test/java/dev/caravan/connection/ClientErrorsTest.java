package dev.caravan.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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

    private static ErrorCode code(String sentence) {
        return ClientErrors.failure("pg_restore", 1, ClientErrors.safeLines("pg_restore: error: " + sentence))
                .code();
    }
}
