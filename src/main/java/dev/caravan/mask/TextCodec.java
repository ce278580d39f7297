package dev.caravan.mask;

/**
 * Bytes that are the value themselves: texts, enums and json in both forms of COPY, bytea in binary.
 *
 * @param type the type's name: bpchar's trailing blanks are no part of the value, citext has no case
 * @param kind what maskers are told
 */
record TextCodec(String type, ValueKind kind) implements Codec {
    @Override
    public boolean decode(byte[] bytes, int offset, int length, Value value) {
        int end = offset + length;
        if (type.equals("bpchar")) {
            while (end > offset && bytes[end - 1] == ' ') {
                end--;
            }
        }
        value.bytes(kind, bytes, offset, end - offset);
        if (type.equals("citext")) {
            value.caseless();
        }
        return true;
    }

    @Override
    public boolean encode(Output output, Bytes into) {
        if (output.form() != Output.Form.BYTES) {
            return false;
        }
        into.put(output.bytes(), 0, output.length());
        return true;
    }
}
