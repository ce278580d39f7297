package dev.caravan.schedule;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/**
 * Tells addresses at which nobody's webhook listens but where something on this machine or the cloud's own service may: loopback,
 * unspecified, link-local, multicast, and the metadata services that clouds have elsewhere. Private networks are let through: that is
 * where most webhooks are.
 */
final class WebhookAddress {
    /** AWS over IPv6, Alibaba, Oracle's classic one, Azure's wire server. */
    private static final Set<String> METADATA =
            Set.of("fd000ec2000000000000000000000254", "646464c8", "c00000c0", "a83f8110");

    private static final byte[] NAT64 = HexFormat.of().parseHex("0064ff9b0000000000000000");
    private static final int NAT64_BYTES = 12;

    private WebhookAddress() {}

    static boolean local(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet6Address) {
            // An IPv4 address in the clothes of IPv6 leads to the same place.
            boolean compatible = Arrays.equals(Arrays.copyOf(bytes, NAT64_BYTES), new byte[NAT64_BYTES]);
            boolean translated = Arrays.equals(Arrays.copyOf(bytes, NAT64_BYTES), NAT64);
            if ((compatible && !address.isLoopbackAddress() && !address.isAnyLocalAddress()) || translated) {
                return local(inner(bytes));
            }
        }
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || bytes[0] == 0
                || METADATA.contains(HexFormat.of().formatHex(bytes));
    }

    private static InetAddress inner(byte[] bytes) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, NAT64_BYTES, bytes.length));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
