package dev.caravan.plan;

import dev.caravan.mask.MaskRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One key of an index, as its definition has it: a column or an expression.
 *
 * @param text the key without what orders it; literals are emptied
 * @param operator of an exclusion constraint: what rows exclude each other by; else empty
 */
record KeyTerm(String text, String operator) {
    private static final Pattern COLUMN = Pattern.compile("[A-Za-z_][\\w$]*|\"(?:[^\"]|\"\")+\"");
    private static final Pattern ORDERED =
            Pattern.compile("(.+?)(?: COLLATE (?:pg_catalog\\.)?\"(?:C|POSIX|default)\")?(?: [\\w.\"]+_ops)?"
                    + "(?: ASC| DESC)?(?: NULLS FIRST| NULLS LAST)?");
    private static final Pattern EXCLUDING = Pattern.compile("(.+) WITH (.+)");
    private static final Pattern CAST = Pattern.compile("(.+)::(?:text|character varying)");
    private static final Pattern CASE = Pattern.compile("(?:pg_catalog\\.)?(?:lower|upper|md5)\\((.+)\\)");
    private static final Pattern TRIMMED =
            Pattern.compile("(?:pg_catalog\\.)?(?:[lbr]trim\\(|TRIM\\((?:BOTH|LEADING|TRAILING) FROM )(.+)\\)");
    private static final Pattern COALESCED = Pattern.compile("COALESCE\\((.+), ''(?:::[a-z ]+)?\\)");

    /** Maskers whose different texts differ in more than case and blanks, and are never a text that somebody thought of. */
    private static final Set<String> PLAIN_TEXTS = Set.of("token", "email", "url", "user-name", "uuid", "card", "iban");

    /**
     * What a key is but for functions that keep most texts different.
     *
     * @param column the column as SQL spells it
     * @param wrapped whether there is any function around it
     * @param caseless whether upper and lower case are the same to it
     * @param givesNull whether it is NULL where the column is
     */
    record Bare(String column, boolean wrapped, boolean caseless, boolean givesNull) {
        boolean is(String name) {
            return column.equals(name) || column.equals('"' + name.replace("\"", "\"\"") + '"');
        }

        /** Whether different outputs of a masker that keeps values different are different keys. */
        boolean keepsApart(MaskRule rule) {
            boolean number = rule.masker().equals("integer-id") && givesNull;
            boolean dense =
                    caseless && "base64url".equals(rule.settings().values().get("encoding"));
            return !wrapped || number || PLAIN_TEXTS.contains(rule.masker()) && !dense;
        }
    }

    /** The keys of an index or of an exclusion constraint; empty when the definition is not understood. */
    static List<KeyTerm> of(String definition) {
        String text = CheckText.withoutLiterals(definition);
        int start = outside(text, 0, " USING ");
        int open = start < 0 ? -1 : outside(text, start, "(");
        if (open < 0) {
            return List.of();
        }
        List<KeyTerm> terms = new ArrayList<>();
        int from = open + 1;
        int depth = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                i = text.indexOf('"', i + 1);
                if (i < 0) {
                    return List.of();
                }
            } else if (depth == 0 && (c == ',' || c == ')')) {
                terms.add(term(text.substring(from, i).strip()));
                from = i + 1;
                if (c == ')') {
                    return terms;
                }
            } else {
                depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            }
        }
        return List.of();
    }

    private static KeyTerm term(String written) {
        Matcher excluding = EXCLUDING.matcher(written);
        boolean excludes = excluding.matches();
        Matcher ordered = ORDERED.matcher(excludes ? excluding.group(1) : written);
        return new KeyTerm(
                ordered.matches() ? ordered.group(1) : written,
                excludes ? excluding.group(2).replaceFirst("^OPERATOR\\(pg_catalog\\.(.+)\\)$", "$1") : "");
    }

    /** Where a piece begins that is in no quoted name; -1 for nowhere. */
    private static int outside(String text, int from, String piece) {
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            quoted ^= text.charAt(i) == '"';
            if (!quoted && text.startsWith(piece, i)) {
                return i;
            }
        }
        return -1;
    }

    boolean mentions(String column) {
        return CheckText.named(column).matcher(text).find();
    }

    /** The same with an expression in a column's place. */
    KeyTerm with(String column, String expression) {
        return new KeyTerm(
                CheckText.named(column).matcher(text).replaceAll(Matcher.quoteReplacement("(" + expression + ")")),
                operator);
    }

    /** The column in it, when there is nothing else but functions that keep what maskers make different. */
    Optional<Bare> bare() {
        String rest = text.strip();
        boolean wrapped = false;
        boolean caseless = false;
        boolean givesNull = true;
        while (!COLUMN.matcher(rest).matches()) {
            String inner = CheckText.unwrapped(rest);
            Matcher cast = CAST.matcher(rest);
            Matcher letters = CASE.matcher(rest);
            Matcher trimmed = TRIMMED.matcher(rest);
            Matcher coalesced = COALESCED.matcher(rest);
            if (!inner.equals(rest)) {
                rest = inner;
                continue;
            } else if (cast.matches()) {
                rest = cast.group(1);
            } else if (letters.matches()) {
                rest = letters.group(1);
                caseless = true;
            } else if (trimmed.matches()) {
                rest = trimmed.group(1);
            } else if (coalesced.matches()) {
                rest = coalesced.group(1);
                givesNull = false;
            } else {
                return Optional.empty();
            }
            wrapped = true;
        }
        return Optional.of(new Bare(rest, wrapped, caseless, givesNull));
    }
}
