package dev.caravan.rest;

import dev.caravan.mask.MaskPolicy;
import java.util.Locale;

/** What callers may know of a policy without reading the file. */
record MaskPolicyView(String name, String version, int entries, String onUndecided, String onUnproven) {
    static MaskPolicyView of(MaskPolicy policy) {
        return new MaskPolicyView(
                policy.name(),
                policy.version(),
                policy.entries().size()
                        + policy.byType().size()
                        + policy.bySchema().size(),
                policy.onUndecided().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                policy.onUnproven().name().toLowerCase(Locale.ROOT));
    }
}
