package dev.caravan.mask;

/** Masks the keys of JSON objects. Not thread-safe. */
final class JsonKeys {
    private static final int MOST_LETTERS = 40;
    private static final int MOST_DIGITS = 2;
    private static final byte[] PREFIX = {'"', 'k', 'e', 'y', '_'};

    private final boolean all;
    private final boolean words;
    private final boolean unknown;
    private final KeyedHash hash;

    /**
     * @param kept which keys stay that no path spells out: those that are words, all (keep), or none (mask)
     * @param unknown whether what no path names is kept, its keys too
     */
    JsonKeys(String kept, boolean unknown, KeyedHash hash) {
        this.all = kept.equals("keep");
        this.words = kept.equals("words");
        this.unknown = unknown;
        this.hash = hash;
    }

    /** Under a key that is data, such as an address, stands what belongs to somebody: the key tells who. @return its index at the place */
    int write(JsonCursor in, JsonPlace place, Output out) {
        if (in.next() != '"') {
            throw JsonCursor.Malformed.INSTANCE;
        }
        in.text();
        byte[] bytes = in.bytes();
        int from = in.from();
        int length = in.length();
        if (in.escaped()) {
            Bytes unescaped = in.unescaped();
            bytes = unescaped.array();
            from = 0;
            length = unescaped.length();
        }
        int index = place.indexOf(bytes, from, length);
        JsonRule rule = place.rule();
        if (index >= 0 || all || (rule == null ? unknown : rule.keeps()) || words && plainWord(bytes, from, length)) {
            out.append(in.bytes(), in.from() - 1, in.length() + 2);
        } else {
            out.append(PREFIX);
            JsonText.putHash(hash.of(bytes, from, length), out);
            out.append('"');
        }
        return index;
    }

    /** Letters with few digits at the end, as in address2: what has more is likely somebody's. */
    private static boolean plainWord(byte[] bytes, int from, int length) {
        int letters = 0;
        while (letters < length && letter(bytes[from + letters])) {
            letters++;
        }
        int digits = 0;
        while (letters + digits < length && digit(bytes[from + letters + digits])) {
            digits++;
        }
        return letters > 0 && letters <= MOST_LETTERS && digits <= MOST_DIGITS && letters + digits == length;
    }

    private static boolean letter(byte b) {
        return (b | 32) >= 'a' && (b | 32) <= 'z' || b == '_';
    }

    private static boolean digit(byte b) {
        return b >= '0' && b <= '9';
    }
}
