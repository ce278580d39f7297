package dev.caravan.plan;

import dev.caravan.schema.Identifiers;
import dev.caravan.tenant.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The COPY statements of a part, one for each end. */
public final class CopyStatement {
    private CopyStatement() {}

    /** Reads the part's rows: those of the table itself, never of its children. */
    public static String out(Part part) {
        String options = " TO STDOUT (FORMAT " + part.format().sql() + ")";
        if (part.selection().isPresent()) {
            return "COPY (" + selected(part, part.selection().get()) + ")" + options;
        }
        if (part.pages().isEmpty() && part.condition().filter(c -> !c.isBlank()).isEmpty()) {
            return "COPY " + part.table().quoted() + columns(part) + options;
        }
        List<String> conditions = new ArrayList<>();
        part.pages().ifPresent(range -> conditions.add(pages(range)));
        String where = conditions.isEmpty() ? part.condition().orElse("") : "WHERE " + conditions.get(0);
        return "COPY (SELECT " + names(part) + " FROM ONLY " + part.table().quoted() + " " + where + ")" + options;
    }

    private static String selected(Part part, Selection selection) {
        String columns = part.columns().stream()
                .map(column -> selection.emptied().contains(column)
                        ? "NULL AS " + Identifiers.quoted(column)
                        : Selection.ALIAS + "." + Identifiers.quoted(column))
                .collect(Collectors.joining(", "));
        List<String> conditions = new ArrayList<>();
        selection.rows().ifPresent(rows -> conditions.add(Selection.ALIAS + ".ctid = ANY (" + rows.sql() + ")"));
        selection.predicate().ifPresent(conditions::add);
        selection.except().ifPresent(rows -> conditions.add(Selection.ALIAS + ".ctid <> ALL (" + rows.sql() + ")"));
        return "SELECT " + columns + " FROM ONLY " + part.table().quoted() + " " + Selection.ALIAS
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions));
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
