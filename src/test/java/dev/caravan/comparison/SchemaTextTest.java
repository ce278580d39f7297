package dev.caravan.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaTextTest {
    private static final String DUMP = """
            --
            -- PostgreSQL database dump
            --

            \\restrict aVeryRandomKey

            -- Dumped from database version 15.1
            SET statement_timeout = 0;

            --
            -- Name: t; Type: TABLE; Schema: public; Owner: me
            --

            CREATE TABLE public.t (
                a integer,
                b integer
            );


            --
            -- PostgreSQL database dump complete
            --

            \\unrestrict aVeryRandomKey
            """;

    @Test
    void twoDumpsOfOneDatabaseAreTheSame() {
        assertEquals(
                List.of(),
                facts(DUMP)
                        .differencesTo(facts(
                                DUMP.replace("aVeryRandomKey", "anotherKey").replace("version 15.1", "version 15.2"))));
    }

    @Test
    void changedLinesAreNamedWithTheirObject() {
        assertEquals(
                List.of("schema: t; Type: TABLE; Schema: public; Owner: me: definition has only in the source"
                        + " [<b integer>], only in the target [<b bigint>]"),
                facts(DUMP).differencesTo(facts(DUMP.replace("b integer", "b bigint"))));
    }

    @Test
    void orderOfLinesInAnObjectMatters() {
        String swapped = DUMP.replace("    a integer,\n    b integer\n", "    b integer\n    a integer,\n");
        assertEquals(
                List.of("schema: t; Type: TABLE; Schema: public; Owner: me: definition has its lines in another order"),
                facts(DUMP).differencesTo(facts(swapped)));
    }

    @Test
    void orderOfObjectsDoesNotMatter() {
        String first = "--\n-- Name: a; Type: TABLE\n--\n\nA\n\n";
        String second = "--\n-- Name: b; Type: TABLE\n--\n\nB\n\n";
        assertEquals(List.of(), facts(first + second).differencesTo(facts(second + first)));
    }

    private static Facts facts(String dump) {
        Facts facts = new Facts();
        SchemaText.split(dump, facts);
        return facts;
    }
}
