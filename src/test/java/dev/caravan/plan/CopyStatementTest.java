package dev.caravan.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caravan.schema.TableName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CopyStatementTest {
    private static final TableName ODD = new TableName("my \"schema\"", "Ünïcode; DROP");

    private static Part part(
            List<String> columns, CopyFormat format, Optional<Part.PageRange> pages, String condition, boolean freeze) {
        return new Part("job", 1, ODD, ODD, columns, format, pages, Optional.ofNullable(condition), freeze, false, 1);
    }

    @Test
    void aWholeTableIsCopiedByItsName() {
        Part part = part(List.of("id", "a\"b"), CopyFormat.BINARY, Optional.empty(), null, true);
        assertEquals(
                "COPY \"my \"\"schema\"\"\".\"Ünïcode; DROP\" (\"id\", \"a\"\"b\") TO STDOUT (FORMAT binary)",
                CopyStatement.out(part));
        assertEquals(
                "COPY \"my \"\"schema\"\"\".\"Ünïcode; DROP\" (\"id\", \"a\"\"b\") FROM STDIN (FORMAT binary, FREEZE)",
                CopyStatement.in(part));
    }

    @Test
    void aTableWithoutColumnsHasNoColumnList() {
        Part part = part(List.of(), CopyFormat.TEXT, Optional.empty(), null, false);
        assertEquals("COPY " + ODD.quoted() + " TO STDOUT (FORMAT text)", CopyStatement.out(part));
        assertEquals("COPY " + ODD.quoted() + " FROM STDIN (FORMAT text)", CopyStatement.in(part));
    }

    @Test
    void aRangeIsHalfOpenAndTheLastOneOpen() {
        String select = "COPY (SELECT \"id\" FROM ONLY " + ODD.quoted() + " WHERE ctid >= '(";
        assertEquals(
                select + "0,0)'::pg_catalog.tid AND ctid < '(9000,0)'::pg_catalog.tid) TO STDOUT (FORMAT binary)",
                CopyStatement.out(part(
                        List.of("id"),
                        CopyFormat.BINARY,
                        Optional.of(new Part.PageRange(0, Optional.of(9000L))),
                        null,
                        false)));
        assertEquals(
                select + "9000,0)'::pg_catalog.tid) TO STDOUT (FORMAT binary)",
                CopyStatement.out(part(
                        List.of("id"),
                        CopyFormat.BINARY,
                        Optional.of(new Part.PageRange(9000, Optional.empty())),
                        null,
                        false)));
    }

    @Test
    void anExtensionsConditionIsTakenAsItStands() {
        assertEquals(
                "COPY (SELECT \"id\" FROM ONLY " + ODD.quoted() + " WHERE srid > 9000) TO STDOUT (FORMAT text)",
                CopyStatement.out(part(List.of("id"), CopyFormat.TEXT, Optional.empty(), "WHERE srid > 9000", false)));
        assertEquals(
                "COPY " + ODD.quoted() + " (\"id\") TO STDOUT (FORMAT text)",
                CopyStatement.out(part(List.of("id"), CopyFormat.TEXT, Optional.empty(), "", false)));
    }

    @Test
    void rowsGoIntoTheTableThatRoutesThem() {
        Part part = new Part(
                "job",
                1,
                new TableName("public", "leaf"),
                new TableName("public", "root"),
                List.of("id"),
                CopyFormat.TEXT,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                1);
        assertEquals("COPY \"public\".\"leaf\" (\"id\") TO STDOUT (FORMAT text)", CopyStatement.out(part));
        assertEquals("COPY \"public\".\"root\" (\"id\") FROM STDIN (FORMAT text)", CopyStatement.in(part));
    }
}
