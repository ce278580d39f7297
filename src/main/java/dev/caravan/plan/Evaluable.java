package dev.caravan.plan;

import dev.caravan.mask.ValueKind;
import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnType;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of a source's expressions it may be asked to evaluate: those that call only what PostgreSQL brings. A function of the database's own would
 * run with the rights of Caravan's role, which its owner may not have. Stateless.
 */
public final class Evaluable {
    private static final String NAME = "(?:[A-Za-z_][\\w$]*|\"(?:[^\"]|\"\")+\")";
    /** With an empty search path all names but PostgreSQL's own are qualified. */
    private static final Pattern QUALIFIED = Pattern.compile("(::)?(" + NAME + ")\\.(" + NAME + "|\\*|\\W)");

    /** Those of PostgreSQL's own that do something, or run SQL or a type's functions that a text names. */
    private static final Pattern DOING = Pattern.compile(
            "(?i)\\b(?:pg_\\w+|\\w+_to_xml\\w*|ts_stat|ts_rewrite|\\w+_(?:in|recv|validator)|lo_\\w+|lowrite"
                    + "|set_config|(?:next|set|curr|last)val)\"?\\(");

    private Evaluable() {}

    /** The value as a question has it; empty where the column's type runs functions of the database's own, or is not known. */
    public static Optional<Question.Value> value(Column column, Optional<String> text) {
        ColumnType type = column.type();
        boolean documents = ValueKind.of(type) == ValueKind.JSON;
        boolean array = ValueKind.isArray(type);
        if (column.facts().declared().isEmpty() || !plain(type) || documents && array) {
            return Optional.empty();
        }
        Question.Shape shape =
                documents ? Question.Shape.DOCUMENT : array ? Question.Shape.ELEMENT : Question.Shape.SINGLE;
        return Optional.of(new Question.Value(column.name(), column.facts().declared(), shape, text));
    }

    /** A generated column as a question has it; empty where it may not be computed. */
    static Optional<Question.Computed> computed(Column column, Collection<Column> row) {
        if (column.facts().declared().isEmpty() || !plain(column.type())) {
            return Optional.empty();
        }
        // A number is rounded on its way to an integer, which its text would not be. No cast cuts these.
        boolean cast = Set.of(ValueKind.JSON, ValueKind.INTEGER).contains(ValueKind.of(column.type()))
                && !ValueKind.isArray(column.type());
        Question.Shape shape = cast ? Question.Shape.DOCUMENT : Question.Shape.SINGLE;
        return column.facts()
                .expression()
                .filter(expression -> expression(expression, row))
                .map(expression ->
                        new Question.Computed(column.name(), column.facts().declared(), shape, expression));
    }

    /** @param row the columns that it reads */
    public static boolean expression(String text, Collection<Column> row) {
        Set<String> types = new HashSet<>();
        row.forEach(column -> names(column.type(), types));
        String code = CheckText.withoutLiterals(text);
        if (DOING.matcher(code).find()) {
            return false;
        }
        Matcher qualified = QUALIFIED.matcher(code);
        while (qualified.find()) {
            boolean ofPostgres = qualified.group(2).equals("pg_catalog");
            boolean known = qualified.group(1) != null && types.contains(qualified.group(2) + "." + qualified.group(3));
            if (!ofPostgres && !known) {
                return false;
            }
        }
        return true;
    }

    private static void names(ColumnType type, Set<String> into) {
        if (plain(type)) {
            into.add(type.schema() + "." + type.name());
        }
        type.parts().forEach(part -> names(part, into));
    }

    /** Whether reading a value of the type runs only what comes with PostgreSQL or was made by a superuser. */
    private static boolean plain(ColumnType type) {
        return switch (type.kind()) {
            case BASE, ENUM -> true;
            case RANGE, MULTIRANGE -> type.builtIn();
            case DOMAIN ->
                type.rules().checks().stream().allMatch(check -> expression(check, List.of()))
                        && type.parts().stream().allMatch(Evaluable::plain);
            case ARRAY, COMPOSITE -> type.parts().stream().allMatch(Evaluable::plain);
            case PSEUDO -> false;
        };
    }
}
