package dev.caravan.mask;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * inet and cidr as network_send gives them; maskers see the printed address, with its prefix where that is not the whole.
 *
 * @param cidr whether the type is cidr
 */
record BinaryInet(boolean cidr) implements Codec {
    /** PGSQL_AF_INET and PGSQL_AF_INET6 (utils/inet.h). */
    private static final int V4 = 2;

    private static final int V6 = 3;

    @Override
    public boolean decode(byte[] bytes, int offset, int length, Value value) {
        if (length != 8 && length != 20) {
            return false;
        }
        int bits = bytes[offset + 1] & 0xFF;
        byte[] address = Arrays.copyOfRange(bytes, offset + 4, offset + length);
        try {
            String text = InetAddress.getByAddress(address).getHostAddress();
            String whole = bits == address.length * 8 && !cidr ? text : text + "/" + bits;
            byte[] printed = whole.getBytes(StandardCharsets.US_ASCII);
            value.bytes(ValueKind.INET, printed, 0, printed.length);
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public boolean encode(Output output, Bytes into) {
        if (output.form() != Output.Form.BYTES) {
            return false;
        }
        String text = new String(output.bytes(), 0, output.length(), StandardCharsets.US_ASCII);
        int slash = text.indexOf('/');
        String printed = slash < 0 ? text : text.substring(0, slash);
        if (!printed.matches("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*")) {
            // Anything else would be asked of a name server.
            return false;
        }
        try {
            byte[] address = InetAddress.getByName(printed).getAddress();
            int bits = slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > address.length * 8) {
                return false;
            }
            into.put(address.length == 4 ? V4 : V6);
            into.put(bits);
            into.put(cidr ? 1 : 0);
            into.put(address.length);
            into.put(address, 0, address.length);
            return true;
        } catch (UnknownHostException | NumberFormatException e) {
            return false;
        }
    }
}
