package dev.caravan.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyDraftTest {
    private static final String ADDED = "# Proposed by a search for personal data; read each line before you use it.\n";

    private static Optional<String> draft(String file) {
        return PolicyDraft.of(
                Optional.ofNullable(file), "main", Map.of("public.a.\"B\"", "token"), List.of("public.a.c"));
    }

    @Test
    void aNewFileBeginsWithThePolicy() {
        assertEquals(
                Optional.of(
                        "policies:\n  main:\n    columns:\n      " + ADDED
                                + "      'public.a.\"B\"': token\n      # public.a.c: no masker fits its type and constraints; decide\n"),
                draft(null));
    }

    @Test
    void linesAreAddedBehindTheLastColumnAndNothingElseChanges() {
        String file = """
                # ours
                policies:
                  other: {columns: {x.y.z: token}}
                  main:
                      columns:
                         public.a.a: token  # why
                         public.a.d:
                           - {when: {column: x, equals: 1}, mask: token}
                           - email

                      types: {bool: {mask: keep, reason: b}}
                """;
        assertEquals(
                Optional.of(
                        file.replace(
                                "           - email\n",
                                "           - email\n         " + ADDED
                                        + "         'public.a.\"B\"': token\n         # public.a.c: no masker fits its type and constraints; decide\n")),
                draft(file));
    }

    @Test
    void aPolicyWithoutColumnsGetsThem() {
        assertEquals(
                Optional.of(
                        "policies:\n  main:\n    columns:\n      " + ADDED
                                + "      'public.a.\"B\"': token\n      # public.a.c: no masker fits its type and constraints; decide\n    onUndecided: fail\n"),
                draft("policies:\n  main:\n    onUndecided: fail\n"));
    }

    @Test
    void whatIsWrittenInBracesIsLeftAlone() {
        assertEquals(Optional.empty(), draft("policies: {main: {columns: {public.a.a: token}}}\n"));
        assertEquals(Optional.empty(), draft("policies:\n  main:\n    columns: {public.a.a: token}\n"));
        assertEquals(Optional.empty(), draft("policies:\n  another:\n    onUndecided: fail\n"));
    }
}
