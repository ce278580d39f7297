package dev.caravan.plan;

import dev.caravan.schema.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The COPY statements of a part, one for each end. */
public final class CopyStatement {
    private CopyStatement() {}

    /** Reads the part's rows: those of the table itself, never of its children. */
    public static String out(Part part) {
        String options = " TO STDOUT (FORMAT " + part.format().sql() + ")";
        if (part.pages().isEmpty() && part.condition().filter(c -> !c.isBlank()).isEmpty()) {
            return "COPY " + part.table().quoted() + columns(part) + options;
        }
        List<String> conditions = new ArrayList<>();
        part.pages().ifPresent(range -> conditions.add(pages(range)));
        String where = conditions.isEmpty() ? part.condition().orElse("") : "WHERE " + conditions.get(0);
        return "COPY (SELECT " + names(part) + " FROM ONLY " + part.table().quoted() + " " + where + ")" + options;
    }

    /** Writes the part's rows. */
    public static String in(Part part) {
        return "COPY " + part.into().quoted() + columns(part) + " FROM STDIN (FORMAT "
                + part.format().sql() + (part.freeze() ? ", FREEZE" : "") + ")";
    }

    /** A table without columns has no column list: {@code COPY t ()} is a syntax error. */
    private static String columns(Part part) {
        return part.columns().isEmpty() ? "" : " (" + names(part) + ")";
    }

    private static String names(Part part) {
        return part.columns().stream().map(Identifiers::quoted).collect(Collectors.joining(", "));
    }

    private static String pages(Part.PageRange range) {
        String from = "ctid >= '(" + range.first() + ",0)'::pg_catalog.tid";
        return range.end()
                .map(end -> from + " AND ctid < '(" + end + ",0)'::pg_catalog.tid")
                .orElse(from);
    }
}
