package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Replaces whatever a regular expression finds in a text. */
final class RegexReplaceMasker implements Masker {
    /** Longer values are not read: patterns may take more than linear time. */
    private static final int MOST_BYTES = 10_000;

    @Override
    public String name() {
        return "regex-replace";
    }

    @Override
    public String description() {
        return "Replaces whatever a regular expression finds, and leaves the rest; a text that it changes nothing in is replaced whole.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.required("pattern", Parameter.Type.TEXT, "A regular expression of Java's."),
                Parameter.required(
                        "replacement",
                        Parameter.Type.TEXT,
                        "What takes the place of each match; $1 is its first group."),
                Parameter.choice(
                        "whenNoMatch",
                        "replace",
                        "What happens to a text that nothing is changed in: replace gives a token, keep leaves it as it is.",
                        "replace",
                        "keep"));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    @Override
    public boolean alwaysChanges(Settings settings) {
        return settings.text("whenNoMatch").equals("replace");
    }

    @Override
    public Example example() {
        return new Example(Map.of("pattern", "[0-9]", "replacement", "#"), "text", "Order 4711");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        Pattern pattern = pattern(settings.text("pattern"));
        String replacement = replacement(settings.text("replacement"), pattern);
        boolean keep = settings.text("whenNoMatch").equals("keep");
        int limit = column.maxLength().orElse(Integer.MAX_VALUE);
        return (value, output) -> {
            if (value.length() > MOST_BYTES) {
                output.unreadable();
                return;
            }
            String before = value.text();
            String after;
            try {
                after = cut(pattern.matcher(new PatientText(before)).replaceAll(replacement), limit);
            } catch (PatientText.OutOfPatience | StackOverflowError e) {
                output.unreadable();
                return;
            }
            if (keep || !after.equals(before)) {
                output.append(after);
            } else {
                output.unreadable();
            }
        };
    }

    /** Before it is compared: what was added behind a full column must not leave the value as it was. */
    private static String cut(String text, int characters) {
        return text.codePointCount(0, text.length()) > characters
                ? text.substring(0, text.offsetByCodePoints(0, characters))
                : text;
    }

    private static Pattern pattern(String given) {
        try {
            return Pattern.compile(given);
        } catch (PatternSyntaxException e) {
            throw new MaskRefused("pattern is no regular expression: " + e.getDescription());
        }
    }

    /** Tries it on a match that has all the pattern's groups, since a group that is not there shows on the first match only. */
    private static String replacement(String given, Pattern pattern) {
        try {
            Matcher anything = Pattern.compile("(?:" + pattern.pattern() + "\n)|", pattern.flags())
                    .matcher("");
            anything.replaceFirst(given);
            return given;
        } catch (PatternSyntaxException e) {
            // It stands on its own only, as (?x) with a comment does; then the groups show on the first match.
            return given;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new MaskRefused("replacement names a group that the pattern does not have, or ends in \\ or $");
        }
    }
}
