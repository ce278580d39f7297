package dev.caravan.mask;

/** The escapes of COPY's text form (COPY, File Formats, Text Format in PostgreSQL's manual). */
final class TextRows {
    private TextRows() {}

    /** Appends the field's content. @return where the field ends: at a tab or a newline */
    static int unescape(byte[] rows, int from, Bytes into) {
        int at = from;
        while (rows[at] != '\t' && rows[at] != '\n') {
            byte b = rows[at++];
            if (b == '\\') {
                b = rows[at++];
                switch (b) {
                    case 'b' -> b = '\b';
                    case 'f' -> b = '\f';
                    case 'n' -> b = '\n';
                    case 'r' -> b = '\r';
                    case 't' -> b = '\t';
                    case 'v' -> b = 0x0B;
                    default -> {
                        // COPY TO writes no octal or hexadecimal escapes; any other character stands for itself.
                    }
                }
            }
            into.put(b);
        }
        return at;
    }

    static void escape(Bytes value, Bytes into) {
        for (int i = 0; i < value.length(); i++) {
            byte b = value.array()[i];
            int letter =
                    switch (b) {
                        case '\b' -> 'b';
                        case '\f' -> 'f';
                        case '\n' -> 'n';
                        case '\r' -> 'r';
                        case '\t' -> 't';
                        case 0x0B -> 'v';
                        case '\\' -> '\\';
                        default -> 0;
                    };
            if (letter == 0) {
                into.put(b);
            } else {
                into.put('\\');
                into.put(letter);
            }
        }
    }
}
