package dev.caravan.rest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Content negotiation as RFC 9110, section 12.5.1, has it. */
final class MediaTypes {
    static final String JSON = "application/json";
    static final String EVENT_STREAM = "text/event-stream";

    private MediaTypes() {}

    /**
     * The offered type that the caller likes best; of equals the first offered.
     *
     * @param accept the Accept header, null or blank for anything
     */
    static Optional<String> best(String accept, List<String> offered) {
        if (accept == null || accept.isBlank()) {
            return Optional.of(offered.get(0));
        }
        String best = null;
        double bestQuality = 0;
        for (String type : offered) {
            double quality = quality(accept.toLowerCase(Locale.ROOT), type);
            if (quality > bestQuality) {
                best = type;
                bestQuality = quality;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The quality of the most specific range that covers the type. */
    private static double quality(String accept, String type) {
        double quality = 0;
        int specificity = 0;
        for (String item : accept.split(",", -1)) {
            String[] parts = item.split(";", -1);
            int found = specificity(parts[0].trim(), type);
            if (found > specificity) {
                specificity = found;
                quality = quality(parts);
            }
        }
        return quality;
    }

    private static int specificity(String range, String type) {
        if (range.equals(type)) {
            return 3;
        }
        if (range.equals(type.substring(0, type.indexOf('/')) + "/*")) {
            return 2;
        }
        return range.equals("*/*") ? 1 : 0;
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].trim();
            if (parameter.startsWith("q=")) {
                return parameter.matches("q=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)")
                        ? Double.parseDouble(parameter.substring(2))
                        : 0;
            }
        }
        return 1;
    }
}
