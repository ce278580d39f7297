package dev.caravan.mask;

import java.util.EnumSet;
import java.util.Set;

/** Puts as many characters of meaningless words in the place of a text, so that pages keep their look. */
final class LoremMasker implements Masker {
    private static final String[] WORDS = {
        "lorem", "ipsum", "dolor", "sit", "amet", "consectetur", "adipiscing", "elit", "sed", "do", "eiusmod", "tempor",
        "incididunt", "ut", "labore", "et", "dolore", "magna", "aliqua", "enim", "ad", "minim", "veniam", "quis"
    };

    @Override
    public String name() {
        return "lorem";
    }

    @Override
    public String description() {
        return "Meaningless words of the same length in characters.";
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    @Override
    public Example example() {
        return Example.of("Called Anna, she will write tomorrow.");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        KeyedHash hash = column.hash("lorem");
        return (value, output) -> {
            int characters = value.text().codePointCount(0, value.text().length());
            long bits = value.hash(hash);
            String word = "";
            int at = 0;
            for (int i = 0; i < characters; i++) {
                if (at > word.length()) {
                    bits = hash.of(bits);
                    word = WORDS[KeyedHash.below(bits, WORDS.length)];
                    at = 0;
                } else if (i == 0) {
                    word = WORDS[KeyedHash.below(bits, WORDS.length)];
                }
                output.append(at < word.length() ? word.charAt(at) : ' ');
                at++;
            }
        };
    }
}
