package dev.caravan.mask;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret that masking depends on. Everything keyed is derived from it per purpose and domain. Never printed. Immutable. */
public final class MaskKey {
    private static final int LEAST_BYTES = 16;

    private final byte[] secret;

    private MaskKey(byte[] secret) {
        this.secret = secret;
    }

    /**
     * @param encoded at least 128 bits, as hexadecimal digits or as Base64
     * @throws IllegalArgumentException that says what is expected and does not quote what was given
     */
    public static MaskKey parse(String encoded) {
        String text = encoded.strip();
        byte[] secret;
        try {
            secret = text.matches("([0-9a-fA-F]{2})+")
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            secret = new byte[0];
        }
        if (secret.length < LEAST_BYTES || distinct(secret) < LEAST_BYTES / 2) {
            throw new IllegalArgumentException(
                    "must be at least 128 random bits in hexadecimal or Base64, as openssl rand -hex 32 makes them");
        }
        return new MaskKey(secret);
    }

    private static long distinct(byte[] bytes) {
        boolean[] seen = new boolean[256];
        for (byte b : bytes) {
            seen[b & 0xFF] = true;
        }
        long distinct = 0;
        for (boolean it : seen) {
            distinct += it ? 1 : 0;
        }
        return distinct;
    }

    /** Eight hexadecimal digits that tell keys apart and say nothing about them: for reports. */
    public String id() {
        return HexFormat.of().formatHex(Arrays.copyOf(derive("id", ""), 4));
    }

    /** 32 bytes that belong to one purpose in one domain: HMAC-SHA256 of both under the key. */
    public byte[] derive(String purpose, String domain) {
        Mac mac = mac(secret);
        mac.update(purpose.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        return mac.doFinal(domain.getBytes(StandardCharsets.UTF_8));
    }

    static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "mask key " + id();
    }
}
