package dev.caravan.client;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the output can show.
 *
 * @param redraws whether it is a terminal whose lines can be drawn again
 * @param columns its width
 * @param rows its height
 * @param colour whether colours are wanted
 * @param glyphs the characters it can show
 */
record Terminal(boolean redraws, int columns, int rows, boolean colour, Glyphs glyphs) {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,5}) (\\d{1,5})");

    /** Signs for pictures, with a plain form for terminals that know only ASCII. */
    record Glyphs(String arrow, String full, String empty, String tick, String cross, String between, String ellipsis) {
        static final Glyphs UNICODE = new Glyphs("→", "█", "░", "✔", "✘", " · ", "…");
        static final Glyphs ASCII = new Glyphs("->", "#", "-", "OK", "!!", ", ", "..");
    }

    /**
     * @param environment {@code CARAVAN_TERMINAL} holds {@code rows columns} when the output is a terminal, as the script
     *     that starts Java measured it, since Java cannot; further {@code NO_COLOR}, {@code TERM} and the locale
     */
    static Terminal of(Map<String, String> environment) {
        Optional<Matcher> size = size(environment.getOrDefault("CARAVAN_TERMINAL", ""));
        boolean redraws =
                size.isPresent() && !environment.getOrDefault("TERM", "").equals("dumb");
        boolean colour = redraws && environment.getOrDefault("NO_COLOR", "").isEmpty();
        Glyphs glyphs = utf8(environment) ? Glyphs.UNICODE : Glyphs.ASCII;
        return new Terminal(redraws, 80, 24, colour, glyphs).resized(environment.getOrDefault("CARAVAN_TERMINAL", ""));
    }

    /** The same terminal with another size, given as {@code rows columns}; unchanged when the text is no such size. */
    Terminal resized(String rowsAndColumns) {
        return size(rowsAndColumns)
                .map(m -> new Terminal(
                        redraws,
                        Math.max(20, Integer.parseInt(m.group(2))),
                        Math.max(5, Integer.parseInt(m.group(1))),
                        colour,
                        glyphs))
                .orElse(this);
    }

    /** The text in a colour, where colours are wanted. */
    String styled(Line.Style style, String text) {
        return colour ? style.on(text) : text;
    }

    private static Optional<Matcher> size(String text) {
        Matcher matcher = SIZE.matcher(text.trim());
        // A pseudo-terminal whose size nobody set answers "0 0".
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    private static boolean utf8(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
            }
        }
        return false;
    }
}
