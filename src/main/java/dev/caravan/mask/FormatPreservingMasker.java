package dev.caravan.mask;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Replaces the characters of each {@link Alphabet} by others of the same one, capitals staying capitals, all else in its place; no two
 * texts become the same. Those of one alphabet go through {@link Ff1} together; the shape of the whole is the tweak. A text without any
 * of them, with a letter of no alphabet, or a very long one, is unreadable.
 */
final class FormatPreservingMasker implements Masker {
    private static final int MOST_CHARACTERS = 1000;

    @Override
    public String name() {
        return "format-preserving";
    }

    @Override
    public String description() {
        return "Other digits and letters in the same places, never the same for two; spaces and signs stay.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.choice(
                "alphabets",
                "all",
                "What is replaced; digits leaves letters as they are, and letters leaves digits.",
                "all",
                "digits",
                "letters"));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    @Override
    public Uniqueness uniqueness(Settings settings) {
        return Uniqueness.BIJECTIVE;
    }

    @Override
    public Example example() {
        return Example.of("KD-2048/17b");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        Ff1 cipher = new Ff1(column.key("format-preserving"));
        boolean[] replaced = new boolean[Alphabet.ALL.size()];
        for (int i = 0; i < replaced.length; i++) {
            boolean digits = Alphabet.ALL.get(i) == Alphabet.DIGITS;
            replaced[i] = !settings.text("alphabets").equals(digits ? "letters" : "digits");
        }
        boolean strangersStay = settings.text("alphabets").equals("digits");
        return (value, output) -> {
            char[] text = value.length() > MOST_CHARACTERS
                    ? new char[0]
                    : value.text().toCharArray();
            if ((strangersStay || allKnown(text)) && replace(cipher, replaced, text)) {
                output.append(new String(text));
            } else {
                output.unreadable();
            }
        };
    }

    /** Whether no letter or digit is in none of the alphabets, so that it would stay. */
    private static boolean allKnown(char[] text) {
        for (char c : text) {
            if (Alphabet.indexOf(c) < 0 && (Character.isLetterOrDigit(c) || Character.isSurrogate(c))) {
                return false;
            }
        }
        return true;
    }

    /** Replaces in place; false when there is nothing to replace. */
    private static boolean replace(Ff1 cipher, boolean[] replaced, char[] text) {
        int[] kinds = new int[text.length];
        for (int at = 0; at < text.length; at++) {
            kinds[at] = Alphabet.indexOf(text[at]);
        }
        byte[] shape = shape(text, kinds, replaced);
        boolean any = false;
        for (int kind = 0; kind < replaced.length; kind++) {
            if (replaced[kind]) {
                any |= replace(cipher, kind, shape, text, kinds);
            }
        }
        return any;
    }

    /** What stays, in small letters since two spellings may be equal, with a capital where something is replaced. */
    private static byte[] shape(char[] text, int[] kinds, boolean[] replaced) {
        char[] shape = new char[text.length];
        for (int at = 0; at < text.length; at++) {
            boolean goes = kinds[at] >= 0 && replaced[kinds[at]];
            shape[at] = goes ? (char) ('A' + kinds[at]) : Character.toLowerCase(text[at]);
        }
        return new String(shape).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean replace(Ff1 cipher, int kind, byte[] shape, char[] text, int[] kinds) {
        List<Integer> places = new ArrayList<>();
        for (int at = 0; at < text.length; at++) {
            if (kinds[at] == kind) {
                places.add(at);
            }
        }
        if (places.isEmpty()) {
            return false;
        }
        Alphabet alphabet = Alphabet.ALL.get(kind);
        byte[] numerals = new byte[places.size()];
        for (int i = 0; i < numerals.length; i++) {
            numerals[i] = (byte) alphabet.numeral(text[places.get(i)]);
        }
        byte[] others = cipher.other(alphabet.radix(), shape, numerals);
        for (int i = 0; i < numerals.length; i++) {
            text[places.get(i)] = alphabet.like(text[places.get(i)], others[i]);
        }
        return true;
    }
}
