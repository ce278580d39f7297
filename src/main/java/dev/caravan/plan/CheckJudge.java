package dev.caravan.plan;

import dev.caravan.mask.ColumnMask;
import dev.caravan.mask.MaskRule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells whether what a masker makes fulfils one condition of a CHECK, for the shapes of conditions that are decidable. Stateless. */
final class CheckJudge {
    private static final Pattern NOT_NULL = Pattern.compile("@ IS NOT NULL");
    private static final Pattern LENGTH =
            Pattern.compile("(?:pg_catalog\\.)?(?:char_|character_)?length\\(@\\) (<=?) (\\d+)");
    private static final Pattern LONG_ENOUGH =
            Pattern.compile("(?:pg_catalog\\.)?(?:char_|character_)?length\\(@\\) (>=?) (\\d{1,9})");
    private static final Pattern COMPARED = Pattern.compile("@ (=|<>|<=?|>=?) (-?\\d+(?:\\.\\d+)?|'\\d+')");
    private static final Pattern LISTED = Pattern.compile("@ = ANY \\(?ARRAY\\[([^\\[\\]]+)]\\)?");

    private CheckJudge() {}

    /** What is known of a masked value and a condition. */
    enum Verdict {
        HOLDS,
        UNKNOWN,
        VIOLATED
    }

    /** The most characters that a condition lets a column have. */
    static OptionalInt lengthLimit(CheckText condition, String column) {
        Matcher length = LENGTH.matcher(condition.about(column));
        if (!length.matches() || length.group(2).length() > 9) {
            return OptionalInt.empty();
        }
        int limit = Integer.parseInt(length.group(2)) - (length.group(1).equals("<") ? 1 : 0);
        return limit > 0 ? OptionalInt.of(limit) : OptionalInt.empty();
    }

    static Verdict judge(CheckText condition, String column, MaskRule rule, ColumnMask mask) {
        String text = condition.about(column);
        boolean empties = rule.masker().equals("null");
        if (rule.masker().equals("keep")) {
            return Verdict.HOLDS;
        }
        if (NOT_NULL.matcher(text).matches()) {
            return empties ? Verdict.VIOLATED : Verdict.HOLDS;
        }
        Matcher length = LENGTH.matcher(text);
        if (length.matches()) {
            // Masked text is cut to the mask's length, which takes this limit into account.
            return empties || lengthLimit(condition, column).isPresent() ? Verdict.HOLDS : Verdict.UNKNOWN;
        }
        Matcher enough = LONG_ENOUGH.matcher(text);
        if (enough.matches()) {
            int least = Integer.parseInt(enough.group(2)) + (enough.group(1).equals(">") ? 1 : 0);
            return among(value -> value.codePointCount(0, value.length()) >= least, rule, mask, empties);
        }
        Matcher listed = LISTED.matcher(text);
        if (listed.matches()) {
            List<String> allowed = condition.literals(listed.group(1));
            return allowed.isEmpty() ? Verdict.UNKNOWN : among(allowed::contains, rule, mask, empties);
        }
        Matcher compared = COMPARED.matcher(text);
        if (!compared.matches()) {
            return Verdict.UNKNOWN;
        }
        String operator = compared.group(1);
        String operand = compared.group(2);
        if (operand.startsWith("'")) {
            String literal = condition.literals(operand).get(0);
            return switch (operator) {
                case "=" -> among(literal::equals, rule, mask, empties);
                case "<>" -> among(value -> !literal.equals(value), rule, mask, empties);
                default -> empties ? Verdict.HOLDS : Verdict.UNKNOWN;
            };
        }
        BigDecimal bound = new BigDecimal(operand);
        if (beyond(operator, bound, rule)) {
            return Verdict.VIOLATED;
        }
        return numbers(operator, bound, rule)
                ? Verdict.HOLDS
                : among(
                        value -> number(value)
                                .map(n -> fulfils(n, operator, bound))
                                .orElse(false),
                        rule,
                        mask,
                        empties);
    }

    /** A condition on NULL is not false, and so not violated. */
    private static Verdict among(Predicate<String> fulfils, MaskRule rule, ColumnMask mask, boolean empties) {
        if (empties) {
            return Verdict.HOLDS;
        }
        Optional<List<String>> made = Outputs.texts(rule, mask);
        if (made.isEmpty()) {
            return Verdict.UNKNOWN;
        }
        if (made.get().stream().allMatch(fulfils)) {
            return Verdict.HOLDS;
        }
        return rule.masker().equals("enum") ? Verdict.UNKNOWN : Verdict.VIOLATED;
    }

    /** Whether a masker of numbers stays within a bound: ids keep their sign and never become 0. */
    private static boolean numbers(String operator, BigDecimal bound, MaskRule rule) {
        Map<String, Object> settings = rule.settings().values();
        return switch (rule.masker()) {
            case "integer-id" ->
                bound.signum() == 0 && !operator.startsWith("<") && !operator.equals("=")
                        || bound.signum() == 0 && operator.equals("<>")
                        || bound.equals(BigDecimal.ONE) && operator.equals(">=");
            case "number-round" -> bound.signum() == 0 && operator.equals(">=");
            case "number-random" -> {
                Object end = settings.get(operator.startsWith(">") ? "min" : "max");
                yield !operator.equals("=")
                        && !operator.equals("<>")
                        && end instanceof Number number
                        && fulfils(new BigDecimal(number.toString()), operator, bound);
            }
            default -> false;
        };
    }

    /** Whether none of the numbers that number-random chooses from is within a bound. */
    private static boolean beyond(String operator, BigDecimal bound, MaskRule rule) {
        Object nearest = rule.settings().values().get(operator.startsWith(">") ? "max" : "min");
        return rule.masker().equals("number-random")
                && (operator.startsWith(">") || operator.startsWith("<") && !operator.equals("<>"))
                && nearest instanceof Number number
                && !fulfils(new BigDecimal(number.toString()), operator, bound);
    }

    private static boolean fulfils(BigDecimal value, String operator, BigDecimal bound) {
        int order = value.compareTo(bound);
        return switch (operator) {
            case "=" -> order == 0;
            case "<>" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
