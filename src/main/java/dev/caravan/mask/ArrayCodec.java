package dev.caravan.mask;

import java.nio.charset.StandardCharsets;

/** Finds the elements of an array field, in both forms of COPY, and puts masked ones in their places. Stateless. */
final class ArrayCodec {
    private ArrayCodec() {}

    /** Masks one element and writes it. */
    interface Element {
        /** @return false when it is NULL now */
        boolean mask(byte[] bytes, int offset, int length, Bytes into);
    }

    /** array_send: dimensions, flags, the element's type, lengths and lower bounds, then each element behind its length. */
    static void binary(byte[] bytes, int offset, int length, Element element, Bytes into) {
        int dimensions = Bytes.intAt(bytes, offset);
        int header = 12 + 8 * dimensions;
        int start = into.length();
        into.put(bytes, offset, header);
        boolean nulls = Bytes.intAt(bytes, offset + 4) != 0;
        int at = offset + header;
        while (at < offset + length) {
            int size = Bytes.intAt(bytes, at);
            at += 4;
            int place = into.length();
            into.putInt(-1);
            if (size >= 0) {
                if (element.mask(bytes, at, size, into)) {
                    into.setInt(place, into.length() - place - 4);
                } else {
                    into.cutTo(place + 4);
                    nulls = true;
                }
                at += size;
            } else {
                nulls = true;
            }
        }
        into.setInt(start + 4, nulls ? 1 : 0);
    }

    /** array_out: braces, commas, quotes where needed. Every masked element is quoted, which array_in takes for any type. */
    static void printed(byte[] bytes, int offset, int length, Element element, Bytes into) {
        Bytes raw = new Bytes(64);
        Bytes masked = new Bytes(64);
        int end = offset + length;
        int at = offset;
        while (at < end) {
            byte b = bytes[at];
            if (b == '{' || b == '}' || b == ',') {
                into.put(b);
                at++;
            } else if (b == '[') {
                // Lower bounds other than 1: [0:2]={…}
                while (bytes[at] != '=') {
                    into.put(bytes[at++]);
                }
                into.put(bytes[at++]);
            } else {
                raw.clear();
                boolean quoted = b == '"';
                at = unquoted(bytes, at, end, quoted, raw);
                masked.clear();
                boolean isNull = !quoted
                        && new String(raw.array(), 0, raw.length(), StandardCharsets.UTF_8).equalsIgnoreCase("NULL");
                if (!isNull && element.mask(raw.array(), 0, raw.length(), masked)) {
                    quote(masked, into);
                } else {
                    into.put(new byte[] {'N', 'U', 'L', 'L'}, 0, 4);
                }
            }
        }
    }

    private static int unquoted(byte[] bytes, int from, int end, boolean quoted, Bytes raw) {
        int at = quoted ? from + 1 : from;
        while (at < end) {
            byte b = bytes[at];
            if (quoted ? b == '"' : b == ',' || b == '}') {
                return quoted ? at + 1 : at;
            }
            if (b == '\\') {
                b = bytes[++at];
            }
            raw.put(b);
            at++;
        }
        return at;
    }

    private static void quote(Bytes value, Bytes into) {
        into.put('"');
        for (int i = 0; i < value.length(); i++) {
            byte b = value.array()[i];
            if (b == '"' || b == '\\') {
                into.put('\\');
            }
            into.put(b);
        }
        into.put('"');
    }
}
