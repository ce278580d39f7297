package dev.caravan.mask;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Replaces the host's part of an address; the network's stays. */
final class IpMasker implements Masker {
    private static final int V4_OCTETS = 4;
    private static final int V6_GROUPS = 8;
    private static final String V6 = "[0-9a-fA-F:]*:[0-9a-fA-F:]*";

    @Override
    public String name() {
        return "ip";
    }

    @Override
    public String description() {
        return "Replaces the end of an IPv4 address; an IPv6 address becomes one of the documentation's network.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.of(
                        "keepOctets",
                        Parameter.Type.INTEGER,
                        2L,
                        "How many of the four numbers of an IPv4 address stay."),
                Parameter.of(
                        "keepGroups",
                        Parameter.Type.INTEGER,
                        0L,
                        "How many of the eight groups of an IPv6 address stay; with none it is one of the documentation's network."));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT, ValueKind.INET);
    }

    @Override
    public Example example() {
        return Example.of("192.0.2.17");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        int keep = (int) settings.integer("keepOctets");
        if (keep < 0 || keep >= V4_OCTETS) {
            throw new MaskRefused("keepOctets must be from 0 to 3");
        }
        int groups = (int) Limits.within("keepGroups", settings.integer("keepGroups"), 0, V6_GROUPS - 1);
        KeyedHash hash = column.hash();
        return (value, output) -> {
            String text = value.text();
            long chosen = value.hash(hash);
            String[] octets = text.split("\\.", -1);
            if (octets.length == V4_OCTETS && text.matches("[0-9.]{7,15}")) {
                for (int i = 0; i < V4_OCTETS; i++) {
                    if (i > 0) {
                        output.append('.');
                    }
                    output.append(i < keep ? octets[i] : Integer.toString(1 + (int) ((chosen >>> 8 * i & 0xFF) % 254)));
                }
            } else if (groups > 0 && text.matches(V6)) {
                keepGroups(text, groups, chosen, hash.of(chosen), output);
            } else if (groups == 0 && text.indexOf(':') >= 0 && text.indexOf('/') < 0) {
                output.append("2001:db8::" + Integer.toHexString((int) (chosen & 0xFFFF) | 1) + ":"
                        + Integer.toHexString((int) (chosen >>> 16 & 0xFFFF) | 1));
            } else {
                output.unreadable();
            }
        };
    }

    private static void keepGroups(String text, int groups, long chosen, long more, Output output) {
        byte[] address;
        try {
            // With a colon in it nothing is asked of a name server.
            address = InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            address = new byte[0];
        }
        if (address.length != 2 * V6_GROUPS) {
            output.unreadable();
            return;
        }
        for (int i = 0; i < V6_GROUPS; i++) {
            int group = (address[2 * i] & 0xFF) << Byte.SIZE | address[2 * i + 1] & 0xFF;
            int other = (int) ((i % 2 == 0 ? chosen : more) >>> Short.SIZE * (i / 2) & 0xFFFF);
            output.append(i == 0 ? "" : ":").append(Integer.toHexString(i < groups ? group : other));
        }
    }
}
