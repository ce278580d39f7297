package dev.caravan.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes arrays and hstores apart in the form in which PostgreSQL prints them (array_out, hstore_out). */
final class PrintedElements {
    private static final Pattern ELEMENT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|([^{},\"]+)");
    private static final Pattern PAIR =
            Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"=>(?:\"((?:[^\"\\\\]|\\\\.)*)\"|NULL)");

    /** A key and its value, which is null for NULL. */
    record Pair(String key, String value) {}

    private PrintedElements() {}

    /** The elements of an array of any dimension, NULLs left out. */
    static List<String> ofArray(String printed) {
        List<String> elements = new ArrayList<>();
        int start = printed.startsWith("[") ? printed.indexOf('=') + 1 : 0;
        Matcher matcher = ELEMENT.matcher(printed);
        for (boolean found = matcher.find(start); found; found = matcher.find()) {
            String quoted = matcher.group(1);
            String element = quoted != null ? unescaped(quoted) : matcher.group(2);
            if (quoted != null || !element.equals("NULL")) {
                elements.add(element);
            }
        }
        return elements;
    }

    static List<Pair> ofHstore(String printed) {
        List<Pair> pairs = new ArrayList<>();
        Matcher matcher = PAIR.matcher(printed);
        while (matcher.find()) {
            pairs.add(new Pair(
                    unescaped(matcher.group(1)), matcher.group(2) == null ? null : unescaped(matcher.group(2))));
        }
        return pairs;
    }

    private static String unescaped(String text) {
        return text.indexOf('\\') < 0 ? text : text.replaceAll("\\\\(.)", "$1");
    }
}
