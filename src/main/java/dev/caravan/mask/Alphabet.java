package dev.caravan.mask;

import java.util.List;

/**
 * Characters that may take each other's place, small ones and their capitals in the same order. Frozen: another character would change what
 * all become.
 *
 * @param small the small ones, or digits
 * @param capital as many capitals, or the same digits
 */
record Alphabet(String small, String capital) {
    static final Alphabet DIGITS = new Alphabet("0123456789", "0123456789");
    static final List<Alphabet> ALL = List.of(
            DIGITS,
            of("abcdefghijklmnopqrstuvwxyz"),
            of("àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþ"),
            of("αβγδεζηθικλμνξοπρστυφχψω"),
            of("абвгдежзийклмнопрстуфхцчшщъыьэюя"));

    private static Alphabet of(String small) {
        return new Alphabet(small, small.toUpperCase(java.util.Locale.ROOT));
    }

    /** Which of {@link #ALL} a character is in; -1 when it is in none. */
    static int indexOf(char c) {
        for (int i = 0; i < ALL.size(); i++) {
            if (ALL.get(i).numeral(c) >= 0) {
                return i;
            }
        }
        return -1;
    }

    int radix() {
        return small.length();
    }

    /** The place of a character, small or capital; -1 when it is not in here. */
    int numeral(char c) {
        int at = small.indexOf(c);
        return at >= 0 ? at : capital.indexOf(c);
    }

    /** The character at a place, a capital where the other one is. */
    char like(char other, int numeral) {
        return (small.indexOf(other) >= 0 ? small : capital).charAt(numeral);
    }
}
