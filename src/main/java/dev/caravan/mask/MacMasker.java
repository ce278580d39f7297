package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Replaces the end of a network card's address, and keeps its maker's part; colons and hyphens stay where they are. */
final class MacMasker implements Masker {
    private static final int MOST_OCTETS = 8;

    @Override
    public String name() {
        return "mac";
    }

    @Override
    public String description() {
        return "Replaces the end of a MAC address of six or eight octets.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.of(
                "keepOctets", Parameter.Type.INTEGER, 3L, "How many octets stay; the first three name the maker."));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT, ValueKind.MACADDR);
    }

    @Override
    public Example example() {
        return new Example(Map.of(), "macaddr", "08:00:2b:01:02:03");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        int keep = (int) Limits.within("keepOctets", settings.integer("keepOctets"), 0, 5);
        KeyedHash hash = column.hash();
        return (value, output) -> {
            String text = value.text();
            if (!text.matches("([0-9A-Fa-f]{2}[:-]?){5,7}[0-9A-Fa-f]{2}")) {
                output.unreadable();
                return;
            }
            long chosen = value.hash(hash);
            int digit = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (Character.digit(c, 16) < 0) {
                    output.append(c);
                } else {
                    boolean stays = digit / 2 < keep;
                    output.append(
                            stays
                                    ? c
                                    : Character.forDigit((int) (chosen >>> 4 * (digit % (2 * MOST_OCTETS)) & 0xF), 16));
                    digit++;
                }
            }
        };
    }
}
