package dev.caravan.mask;

import java.nio.charset.StandardCharsets;

/** macaddr and macaddr8: six or eight octets in binary, which maskers see as they are printed, 08:00:2b:01:02:03. */
record BinaryMac() implements Codec {
    private static final int SHORT_OCTETS = 6;
    private static final int LONG_OCTETS = 8;
    private static final int PRINTED_PER_OCTET = 3;

    @Override
    public boolean decode(byte[] bytes, int offset, int length, Value value) {
        if (length != SHORT_OCTETS && length != LONG_OCTETS) {
            return false;
        }
        byte[] printed = new byte[length * PRINTED_PER_OCTET - 1];
        for (int i = 0; i < length; i++) {
            int at = i * PRINTED_PER_OCTET;
            printed[at] = (byte) Character.forDigit(bytes[offset + i] >> 4 & 15, 16);
            printed[at + 1] = (byte) Character.forDigit(bytes[offset + i] & 15, 16);
            if (i < length - 1) {
                printed[at + 2] = ':';
            }
        }
        value.bytes(ValueKind.MACADDR, printed, 0, printed.length);
        return true;
    }

    @Override
    public boolean encode(Output output, Bytes into) {
        if (output.form() != Output.Form.BYTES) {
            return false;
        }
        String digits =
                new String(output.bytes(), 0, output.length(), StandardCharsets.US_ASCII).replaceAll("[:.-]", "");
        if (!digits.matches("(?i)[0-9a-f]{12}|[0-9a-f]{16}")) {
            return false;
        }
        for (int i = 0; i < digits.length(); i += 2) {
            into.put(Integer.parseInt(digits, i, i + 2, 16));
        }
        return true;
    }
}
