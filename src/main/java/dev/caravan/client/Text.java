package dev.caravan.client;

import java.time.Duration;
import java.util.Locale;

/** Numbers, times and names as the terminal shows them. */
final class Text {
    private Text() {}

    /** The text without anything that would steer a terminal: names come from databases and may hold anything. */
    static String plain(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> switch (Character.getType(c)) {
                    case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR -> '?';
                    case Character.PARAGRAPH_SEPARATOR -> '?';
                    default -> c;
                })
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }

    /** How many columns of a terminal the text takes; wide characters (CJK, emoji) take two, combining ones none. */
    static int columns(String text) {
        return text.codePoints().map(Text::columns).sum();
    }

    /** The text cut to at most so many columns, with the ellipsis as its end when anything was cut. */
    static String cut(String text, int columns, String ellipsis) {
        if (columns(text) <= columns) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        int left = columns - columns(ellipsis);
        for (int c : text.codePoints().toArray()) {
            left -= columns(c);
            if (left < 0) {
                break;
            }
            shown.appendCodePoint(c);
        }
        return columns < columns(ellipsis) ? "" : shown + ellipsis;
    }

    /** The text with spaces at its end up to so many columns. */
    static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - columns(text)));
    }

    /** A whole number with its thousands separated. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Bytes in decimal units: {@code 84 MB}, {@code 1.2 GB}. */
    static String bytes(long bytes) {
        String[] units = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
        int unit = 0;
        double value = bytes;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit > 0 && value < 9.95 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    }

    /** A time as {@code 0:41} or {@code 1:02:03}. */
    static String time(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** {@code 1 table}, {@code 12 tables}. */
    static String counted(long number, String singular, String plural) {
        return count(number) + " " + (number == 1 ? singular : plural);
    }

    private static int columns(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0xFFE0 && c <= 0xFFE6)
                || (c >= 0x1F300 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD);
        return wide ? 2 : 1;
    }
}
