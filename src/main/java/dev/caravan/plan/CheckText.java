package dev.caravan.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One condition of a CHECK constraint, as pg_get_constraintdef prints it, with its literals taken out and its casts left out.
 *
 * @param text the condition; a literal stands there as its number in single quotes
 * @param taken the literals
 */
record CheckText(String text, List<String> taken) {
    private static final Pattern LITERAL = Pattern.compile("(E?)'([^']*(?:''[^']*)*)'");
    private static final Pattern NAME_OR_LITERAL = Pattern.compile("\"[^\"]*\"|" + LITERAL.pattern());
    private static final Pattern NUMBERED = Pattern.compile("'(\\d+)'");
    private static final Pattern CAST = Pattern.compile(
            "::(?:\"[^\"]+\"|[a-z_][a-z0-9_]*)(?:\\.(?:\"[^\"]+\"|[a-z_][a-z0-9_]*))?(?: varying| precision| with(?:out)? time zone)?"
                    + "(?:\\(\\d+(?:,\\d+)?\\))?(?:\\[])?");
    private static final Pattern BRACKETED =
            Pattern.compile("(?<![\\w\"])\\(([\\w.@'-]+|\"[^\"]+\"|ARRAY\\[[^\\[\\]]*])\\)");

    CheckText {
        taken = List.copyOf(taken);
    }

    /** An expression with its literals emptied. A name in double quotes may have a single one. */
    static String withoutLiterals(String expression) {
        return NAME_OR_LITERAL
                .matcher(expression)
                .replaceAll(found -> found.group().startsWith("\"") ? Matcher.quoteReplacement(found.group()) : "''");
    }

    /** A CHECK constraint's expression alone. */
    static String expression(String definition) {
        return definition.replaceFirst("^CHECK ", "").replaceFirst("( NO INHERIT)?( NOT VALID)?$", "");
    }

    /** The conditions that must all hold. */
    static List<CheckText> conditions(String definition) {
        Matcher literal = LITERAL.matcher(definition);
        List<String> taken = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        while (literal.find()) {
            literal.appendReplacement(text, "'" + taken.size() + "'");
            String content = literal.group(2).replace("''", "'");
            taken.add(literal.group(1).isEmpty() ? content : content.replace("\\\\", "\\"));
        }
        literal.appendTail(text);
        List<String> all = new ArrayList<>();
        split(plain(expression(text.toString())), all);
        return all.stream().map(one -> new CheckText(one, taken)).toList();
    }

    /** The conditions that must all hold, word for word. */
    static List<String> conjuncts(String expression) {
        Matcher literal = LITERAL.matcher(expression);
        List<String> taken = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        while (literal.find()) {
            literal.appendReplacement(text, "'" + taken.size() + "'");
            taken.add(literal.group());
        }
        literal.appendTail(text);
        List<String> all = new ArrayList<>();
        split(text.toString(), all);
        return all.stream()
                .map(one -> NUMBERED.matcher(one)
                        .replaceAll(number -> Matcher.quoteReplacement(taken.get(Integer.parseInt(number.group(1))))))
                .toList();
    }

    private static String plain(String text) {
        String before;
        String after = text;
        do {
            before = after;
            after = BRACKETED.matcher(CAST.matcher(before).replaceAll("")).replaceAll("$1");
        } while (!after.equals(before));
        return after;
    }

    private static void split(String text, List<String> into) {
        String inner = unwrapped(text);
        int depth = 0;
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && inner.startsWith(" AND ", i)) {
                split(inner.substring(0, i), into);
                split(inner.substring(i + " AND ".length()), into);
                return;
            }
        }
        into.add(inner);
    }

    /** A text without brackets around the whole of it. */
    static String unwrapped(String text) {
        String inner = text.strip();
        while (inner.startsWith("(") && closing(inner) == inner.length() - 1) {
            inner = inner.substring(1, inner.length() - 1).strip();
        }
        return inner;
    }

    private static int closing(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    boolean mentions(String column) {
        return named(column).matcher(text).find();
    }

    /** The condition with {@code @} in the column's place; brackets around it are left out. */
    String about(String column) {
        return plain(named(column).matcher(text).replaceAll("@"));
    }

    /** Those of a list of literals and numbers; empty when there is anything else in it. */
    List<String> literals(String list) {
        List<String> found = new ArrayList<>();
        for (String one : Arrays.stream(list.split(",")).map(String::strip).toList()) {
            if (one.matches("'\\d+'")) {
                found.add(taken.get(Integer.parseInt(one.substring(1, one.length() - 1))));
            } else if (one.matches("-?\\d+(\\.\\d+)?")) {
                found.add(one);
            } else {
                return List.of();
            }
        }
        return found;
    }

    /** What finds a column in an expression whose literals are taken out. */
    static Pattern named(String column) {
        return Pattern.compile("(?<![\\w\"$.])(?:" + Pattern.quote('"' + column.replace("\"", "\"\"") + '"') + "|"
                + Pattern.quote(column) + ")(?![\\w\"$(])");
    }
}
