package dev.caravan.mask;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a country's telephone numbers begin, and how many digits may follow freely: every such number is valid there. Frozen in
 * {@code dictionaries/phone-plans.txt}, so that a number does not change with the version of a library. Immutable.
 *
 * @param country two capital letters of ISO 3166
 * @param callingCode what stands behind the plus
 * @param leading the first digits of the national number
 * @param free how many digits follow, from 4 to 8
 */
record PhonePlan(String country, String callingCode, String leading, int free) {
    private static final String FILE = "/dictionaries/phone-plans.txt";
    private static final int LONGEST_CALLING_CODE = 3;
    private static final Map<String, PhonePlan> BY_COUNTRY = new HashMap<>();
    /** By calling code, where several countries share one: the plan of the main one. */
    private static final PhonePlan[] BY_CODE = new PhonePlan[1000];

    static {
        try (InputStream stream = PhonePlan.class.getResourceAsStream(FILE)) {
            new String(stream.readAllBytes(), StandardCharsets.US_ASCII).lines().forEach(PhonePlan::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(String line) {
        String[] words = line.split(" ");
        PhonePlan plan = new PhonePlan(words[0], words[1], words[2], Integer.parseInt(words[3]));
        BY_COUNTRY.put(plan.country, plan);
        if (words.length > 4) {
            BY_CODE[Integer.parseInt(plan.callingCode)] = plan;
        }
    }

    static Optional<PhonePlan> of(String country) {
        return Optional.ofNullable(BY_COUNTRY.get(country));
    }

    static Map<String, PhonePlan> all() {
        return Map.copyOf(BY_COUNTRY);
    }

    /** Of the country whose calling code a number in the international form begins with; null when there is none. */
    static PhonePlan ofNumber(byte[] bytes, int offset, int length) {
        if (length == 0 || bytes[offset] != '+') {
            return null;
        }
        // No calling code begins with another one (ITU-T E.164), so the first that there is is the right one.
        int code = 0;
        for (int i = 1; i <= LONGEST_CALLING_CODE && i < length; i++) {
            int digit = bytes[offset + i] - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            code = 10 * code + digit;
            if (BY_CODE[code] != null) {
                return BY_CODE[code];
            }
        }
        return null;
    }

    /** Characters in the international form, the plus among them. */
    int length() {
        return 1 + callingCode.length() + leading.length() + free;
    }

    /** A number in the international form without spaces, as E.164 writes it. */
    void append(long hash, Output output) {
        output.append('+');
        ascii(callingCode, output);
        ascii(leading, output);
        int bound = 1;
        for (int i = 0; i < free; i++) {
            bound *= 10;
        }
        output.appendDigits(KeyedHash.below(hash, bound), free);
    }

    private static void ascii(String text, Output output) {
        for (int i = 0; i < text.length(); i++) {
            output.append(text.charAt(i));
        }
    }
}
