package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever has the masked values and the list of all values that there could be, but not the key, recovers nothing: neither by the usual hashes, whole or
 * truncated, nor by masking the list with keys of their own.
 */
class DictionaryAttackTest {
    private static final String KEY = "00112233445566778899aabbccddeefffedcba98765432100123456789abcdef";
    private static final String OTHER = "ffeeddccbbaa99887766554433221100fedcba98765432100123456789abcdef";
    private static final int BEGINNING = 8;

    private static List<String> values() {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            values.add("anna.schmidt" + i + "@corp.example");
        }
        return values;
    }

    private static Map<String, String> masked(String masker, String key, List<String> values) {
        ValueMask mask = NumberMasking.mask(
                Maskers.load().find(masker).orElseThrow(), Map.of(), ValueKind.TEXT, MaskKey.parse(key));
        Map<String, String> masked = new HashMap<>();
        values.forEach(value -> masked.put(value, NumberMasking.text(mask, value)));
        return masked;
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "email", "user-name", "url", "format-preserving", "secret"})
    void theUsualHashesOfEveryPossibleValueAreNoneOfTheMaskedOnes(String masker) throws Exception {
        List<String> values = values();
        String all = String.join("\n", masked(masker, KEY, values).values()).toLowerCase(Locale.ROOT);
        for (String algorithm : List.of("MD5", "SHA-1", "SHA-256")) {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (String value : values.subList(0, 300)) {
                byte[] hash = digest.digest(value.getBytes(StandardCharsets.UTF_8));
                for (String form : List.of(
                        HexFormat.of().formatHex(hash),
                        Base64.getEncoder().encodeToString(hash),
                        Base64.getUrlEncoder().encodeToString(hash),
                        base32(hash))) {
                    // Eight characters of hexadecimal are 32 bits; the inputs are fixed, so what is right once is right
                    // always.
                    String beginning = form.substring(0, BEGINNING).toLowerCase(Locale.ROOT);
                    assertTrue(!all.contains(beginning), () -> algorithm + " of a value gives a masked one");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "email", "user-name", "url", "format-preserving", "secret", "full-name"})
    void maskingTheListWithAnotherKeyRecoversNoMoreThanGuessing(String masker) {
        List<String> values = values();
        Map<String, String> real = masked(masker, KEY, values);
        Map<String, String> attack = masked(masker, OTHER, values);
        long recovered = values.stream()
                .filter(value -> real.get(value).equals(attack.get(value)))
                .count();
        Set<String> different = new HashSet<>(real.values());
        assertTrue(
                recovered <= 3 + 10 * values.size() / different.size(),
                () -> recovered + " of " + values.size() + " values were recovered");
        assertEquals(real, masked(masker, KEY, values), "the same key gives the same values");
    }

    private static String base32(byte[] hash) {
        Output output = new Output().clear();
        Base32.append(hash, 16, output);
        return new String(output.bytes(), 0, output.length(), StandardCharsets.UTF_8);
    }

    @Test
    void theKeysNameSaysNothingOfTheKey() {
        assertTrue(!KEY.contains(MaskKey.parse(KEY).id()));
        assertEquals(8, MaskKey.parse(KEY).id().length());
    }
}
