package dev.caravan.mask;

/**
 * Reads one JSON text token by token as ranges of its bytes, as strictly as RFC 8259 is. Nothing is copied but a text with escapes. Not
 * thread-safe. What it throws holds nothing of the text.
 */
final class JsonCursor {
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final int END = -1;
    private static final int SURROGATE = 0xD800;
    /** What stands alone behind a backslash. */
    private static final String SINGLE = "\"\\/bfnrt";

    private final Bytes unescaped = new Bytes(256);
    private byte[] bytes = new byte[0];
    private int at;
    private int end;
    private int from;
    private int to;
    private boolean escaped;
    private boolean whole;

    /** It is no JSON, or a place is not to be there. One for all, without a trace: there may be one for each row. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;
        static final Malformed INSTANCE = new Malformed();

        private Malformed() {
            super(null, null, false, false);
        }
    }

    void begin(byte[] text, int offset, int length) {
        bytes = text;
        at = offset;
        end = offset + length;
    }

    /** The byte that the next token begins with, or -1 behind the last one. */
    int next() {
        for (int i = at; i < end; i++) {
            byte b = bytes[i];
            if (b > ' ' || b != ' ' && b != '\n' && b != '\t' && b != '\r') {
                at = i;
                return b & 0xFF;
            }
        }
        at = end;
        return END;
    }

    /** Passes the byte that {@link #next} gave. */
    void pass() {
        at++;
    }

    void expect(char punctuation) {
        if (next() != punctuation) {
            throw Malformed.INSTANCE;
        }
        at++;
    }

    /** Reads a text, from its opening quote on; the range is what stands between the quotes. */
    void text() {
        escaped = false;
        from = at + 1;
        byte[] in = bytes;
        int i = from;
        while (i < end) {
            byte b = in[i];
            if (JsonText.plain(b)) {
                i++;
            } else if (b == '"') {
                to = i;
                at = i + 1;
                return;
            } else if (b == '\\') {
                escaped = true;
                i += escapeLength(i);
            } else {
                throw Malformed.INSTANCE;
            }
        }
        throw Malformed.INSTANCE;
    }

    private int escapeLength(int at) {
        if (at + 1 >= end) {
            throw Malformed.INSTANCE;
        }
        byte b = bytes[at + 1];
        if (b == 'u' && at + 6 <= end && unit(at + 2) >= 0) {
            return 6;
        }
        if (SINGLE.indexOf(b) < 0) {
            throw Malformed.INSTANCE;
        }
        return 2;
    }

    /** Four hexadecimal digits; negative when they are none. */
    private int unit(int offset) {
        int unit = 0;
        for (int i = offset; i < offset + 4; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /** Reads a number; the range is the number. */
    void number() {
        from = at;
        if (at < end && bytes[at] == '-') {
            at++;
        }
        int first = at;
        digits();
        if (bytes[first] == '0' && at - first > 1) {
            throw Malformed.INSTANCE;
        }
        whole = true;
        if (at < end && bytes[at] == '.') {
            whole = false;
            at++;
            digits();
        }
        if (at < end && (bytes[at] | 32) == 'e') {
            whole = false;
            at++;
            if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            digits();
        }
        to = at;
    }

    private void digits() {
        int i = at;
        while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        if (i == at) {
            throw Malformed.INSTANCE;
        }
        at = i;
    }

    /** Reads true, false or null, whichever the first byte says; the range is the word. */
    void word() {
        byte[] word = bytes[at] == 't' ? TRUE : bytes[at] == 'f' ? FALSE : NULL;
        from = at;
        for (byte b : word) {
            if (at == end || bytes[at++] != b) {
                throw Malformed.INSTANCE;
            }
        }
        to = at;
    }

    /** The last token as it is written. */
    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int length() {
        return to - from;
    }

    /** Whether the last text holds escapes. */
    boolean escaped() {
        return escaped;
    }

    /** Whether the last number has neither a fraction nor an exponent. */
    boolean whole() {
        return whole;
    }

    /** The last text without its escapes, until the next call. Half of a surrogate pair becomes a question mark, as in any UTF-8 of Java's. */
    Bytes unescaped() {
        unescaped.clear();
        int i = from;
        while (i < to) {
            byte b = bytes[i];
            if (b != '\\') {
                unescaped.put(b);
                i++;
            } else if (bytes[i + 1] == 'u') {
                i = codePoint(i);
            } else {
                unescaped.put(
                        switch (bytes[i + 1]) {
                            case 'b' -> '\b';
                            case 'f' -> '\f';
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 't' -> '\t';
                            default -> bytes[i + 1];
                        });
                i += 2;
            }
        }
        return unescaped;
    }

    private int codePoint(int escape) {
        int unit = unit(escape + 2);
        int behind = escape + 6;
        if (unit < 0x80) {
            unescaped.put(unit);
        } else if (unit < 0x800) {
            unescaped.put(0xC0 | unit >> 6);
            unescaped.put(0x80 | unit & 0x3F);
        } else if ((unit & 0xF800) != SURROGATE) {
            unescaped.put(0xE0 | unit >> 12);
            unescaped.put(0x80 | unit >> 6 & 0x3F);
            unescaped.put(0x80 | unit & 0x3F);
        } else {
            int low = behind + 6 <= to && bytes[behind] == '\\' && bytes[behind + 1] == 'u' ? unit(behind + 2) : 0;
            if (unit >= 0xDC00 || (low & 0xFC00) != 0xDC00) {
                unescaped.put('?');
                return behind;
            }
            int point = Character.toCodePoint((char) unit, (char) low);
            unescaped.put(0xF0 | point >> 18);
            unescaped.put(0x80 | point >> 12 & 0x3F);
            unescaped.put(0x80 | point >> 6 & 0x3F);
            unescaped.put(0x80 | point & 0x3F);
            return behind + 6;
        }
        return behind;
    }
}
