package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Replaces the host's part of an address; the network's stays. */
final class IpMasker implements Masker {
    private static final int V4_OCTETS = 4;

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
        return List.of(Parameter.of(
                "keepOctets", Parameter.Type.INTEGER, 2L, "How many of the four numbers of an IPv4 address stay."));
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
            } else if (text.indexOf(':') >= 0 && text.indexOf('/') < 0) {
                output.append("2001:db8::" + Integer.toHexString((int) (chosen & 0xFFFF) | 1) + ":"
                        + Integer.toHexString((int) (chosen >>> 16 & 0xFFFF) | 1));
            } else {
                output.unreadable();
            }
        };
    }
}
