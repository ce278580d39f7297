package dev.caravan.schema;

/** Matches names against a pattern in which {@code *} stands for any characters. */
public final class Wildcard {
    private Wildcard() {}

    /** Whether the whole name matches; no regular expression is compiled, since every name of a database is held against every pattern. */
    public static boolean matches(String pattern, String name) {
        if (pattern.indexOf('*') < 0) {
            return pattern.equals(name);
        }
        String[] literals = pattern.split("\\*", -1);
        String last = literals[literals.length - 1];
        if (!name.startsWith(literals[0])) {
            return false;
        }
        int at = literals[0].length();
        for (int i = 1; i < literals.length - 1; i++) {
            int found = name.indexOf(literals[i], at);
            if (found < 0) {
                return false;
            }
            at = found + literals[i].length();
        }
        return name.length() - last.length() >= at && name.endsWith(last);
    }
}
