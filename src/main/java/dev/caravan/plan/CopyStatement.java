package dev.caravan.plan;

import dev.caravan.schema.Identifiers;
import dev.caravan.tenant.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The COPY statements of a part, one for each end. */
public final class CopyStatement {
    /** In bytes: a value of few words that somebody would know again has fewer. */
    private static final int LONGEST_VALUE = 4_096;

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

    /**
     * Reads some rows of the part's table, or of its rows where these are selected, each value as PostgreSQL prints it. What is long is NULL.
     *
     * @param columns their columns
     * @param rows how many rows at most
     * @param percent of the table's pages, chosen the same way each time, where the rows are not selected; all pages when absent
     */
    public static String some(Part part, List<String> columns, int rows, OptionalDouble percent) {
        String alias = part.selection().isPresent() ? Selection.ALIAS + "." : "";
        String values = columns.stream()
                .map(column -> {
                    String name = alias + Identifiers.quoted(column);
                    // As the type's output function has it, which a cast to text is not for every type.
                    String printed = "pg_catalog.format('%s', " + name + ")";
                    return "CASE WHEN pg_catalog.pg_column_size(" + name + ") <= " + LONGEST_VALUE
                            + " AND pg_catalog.octet_length(" + printed + ") <= " + LONGEST_VALUE + " THEN " + printed
                            + " END";
                })
                .collect(Collectors.joining(", "));
        String from = part.selection()
                .map(selection -> from(part, selection))
                .orElseGet(() -> " FROM ONLY " + part.table().quoted()
                        + (percent.isEmpty()
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        " TABLESAMPLE SYSTEM (%.6f) REPEATABLE (1)",
                                        percent.getAsDouble()))
                        + part.condition()
                                .filter(it -> !it.isBlank())
                                .map(it -> " " + it)
                                .orElse(""));
        return "SELECT " + values + from + " LIMIT " + rows;
    }

    /**
     * Counts those of the part's rows that meet a condition on rows under the alias r. Of a table that is taken whole, in however many parts, it is the
     * same statement for each: all its rows count.
     */
    public static String counting(Part part, String condition) {
        String rows = part.selection()
                .map(selection -> "SELECT " + Selection.ALIAS + ".*" + from(part, selection))
                .orElseGet(() -> "SELECT * FROM ONLY " + part.table().quoted() + " "
                        + part.condition().orElse(""));
        return "SELECT count(*) FROM (" + rows + ") " + Selection.ALIAS + " WHERE " + condition;
    }

    private static String selected(Part part, Selection selection) {
        String columns = part.columns().stream()
                .map(column -> selection.emptied().contains(column)
                        ? "NULL AS " + Identifiers.quoted(column)
                        : Selection.ALIAS + "." + Identifiers.quoted(column))
                .collect(Collectors.joining(", "));
        return "SELECT " + columns + from(part, selection);
    }

    private static String from(Part part, Selection selection) {
        List<String> conditions = new ArrayList<>();
        selection.rows().ifPresent(rows -> conditions.add(Selection.ALIAS + ".ctid = ANY (" + rows.sql() + ")"));
        selection.predicate().ifPresent(conditions::add);
        selection.except().ifPresent(rows -> conditions.add(Selection.ALIAS + ".ctid <> ALL (" + rows.sql() + ")"));
        return " FROM ONLY " + part.table().quoted() + " " + Selection.ALIAS
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
