package dev.caravan.plan;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells expressions that give a value to whatever they are given: texts put together, cut, and compared, and nothing that reads a text as something
 * else or can overflow. What is not on the lists is taken for partial. Stateless.
 */
final class TotalExpression {
    private static final Set<String> FUNCTIONS = Set.of(
            "lower",
            "upper",
            "initcap",
            "btrim",
            "ltrim",
            "rtrim",
            "trim",
            "left",
            "right",
            "reverse",
            "replace",
            "translate",
            "length",
            "char_length",
            "character_length",
            "octet_length",
            "md5",
            "coalesce",
            "nullif",
            "greatest",
            "least",
            "concat",
            "concat_ws",
            "regexp_replace",
            "to_tsvector",
            "setweight",
            "extract",
            "date_part",
            "date_trunc");
    private static final Set<String> WORDS = Set.of(
            "case",
            "when",
            "then",
            "else",
            "end",
            "is",
            "not",
            "null",
            "and",
            "or",
            "from",
            "both",
            "leading",
            "trailing",
            "true",
            "false",
            "any",
            "array",
            "distinct",
            "collate",
            "year",
            "month",
            "day",
            "hour",
            "dow",
            "quarter",
            "week");
    private static final Set<String> OPERATORS = Set.of(
            "||", "=", "<>", "<", ">", "<=", ">=", "->", "->>", "#>", "#>>", "(", ")", ",", "[", "]", "''", "~~", "!~~",
            "~", "!~");

    /** Only literals give the places: a negative length is an error. */
    private static final Pattern SUBSTRING =
            Pattern.compile("\"?substring\"?\\(([^(),]+|\\([^()]*\\)[^(),]*), \\d+(?:, \\d+)?\\)");

    /** A field that is not 0 of a text, and what a pattern that the source has taken finds there. */
    private static final Pattern PIECE = Pattern.compile(
            "(?:split_part\\(([^(),]+|\\([^()]*\\)[^(),]*), ''(?:::text)?, [1-9]\\d*|\"?substring\"?\\(([^(),]+|\\([^()]*\\)[^(),]*), ''(?:::text)?)\\)");

    private static final Pattern PART_OF_DATE = Pattern.compile(
            "\\(?((?:EXTRACT\\(\\w+ FROM|date_part\\(''(?:::text)?,) [^()]+\\))\\)?::(?:integer|bigint|smallint|numeric|double precision)(?!\\()");
    /** Casts that are total for what they stand behind: anything becomes a text, and a literal was read already. */
    private static final Pattern CAST = Pattern.compile(
            "::(?:text|character varying)(?:\\[])?(?![\\w( ]*\\()|(?<='')::(?:[a-z_ ]+|\"char\")(?:\\[])?(?!\\()");

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(''|[(),\\[\\]])|(\\d+(?:\\.\\d+)?)|((?:pg_catalog\\.)?(?:[A-Za-z_][\\w$]*|\"[^\"]+\"))(\\()?|([^\\s\\w(),'\"\\[\\]]+))");

    /** An expression that is never NULL, since a literal stands last. */
    private static final Pattern NEVER_NULL = Pattern.compile("COALESCE\\(.+, ''(?:::[a-z ]+)?\\)");

    private TotalExpression() {}

    /** @param columns what it may read */
    static boolean is(String expression, Iterable<String> columns) {
        String text = CheckText.withoutLiterals(expression);
        text = SUBSTRING.matcher(text).replaceAll("left($1, 1)");
        text = PIECE.matcher(text)
                .replaceAll(piece -> Matcher.quoteReplacement(
                        "left(" + (piece.group(1) == null ? piece.group(2) : piece.group(1)) + ", 1)"));
        text = CAST.matcher(PART_OF_DATE.matcher(text).replaceAll("$1")).replaceAll("");
        for (String column : columns) {
            text = CheckText.named(column).matcher(text).replaceAll("''");
        }
        Matcher token = TOKEN.matcher(text);
        int at = 0;
        while (at < text.stripTrailing().length()) {
            if (!token.find(at) || token.start() != at || !known(token)) {
                return false;
            }
            at = token.end();
        }
        return true;
    }

    private static boolean known(Matcher token) {
        if (token.group(5) != null) {
            return OPERATORS.contains(token.group(5));
        }
        if (token.group(3) == null) {
            return true;
        }
        String word = token.group(3)
                .replaceFirst("^pg_catalog\\.", "")
                .replace("\"", "")
                .toLowerCase(Locale.ROOT);
        return token.group(4) != null && FUNCTIONS.contains(word) || WORDS.contains(word);
    }

    static boolean neverNull(String expression) {
        String text = CheckText.unwrapped(CheckText.withoutLiterals(expression));
        return NEVER_NULL.matcher(text).matches();
    }

    /** Whether it is NULL only where something that it reads is. */
    static boolean strict(String expression) {
        return !Pattern.compile("(?i)nullif|\\bsubstring\\b[^,]*, ''|\\bcase\\b|->|#>|\\[")
                .matcher(CheckText.withoutLiterals(expression))
                .find();
    }
}
