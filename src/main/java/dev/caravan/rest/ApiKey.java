package dev.caravan.rest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A declared key, without the key itself. Its SHA-256 is enough: a key is 256 random bits, which nobody guesses, so that slow hashing would
 * protect nothing.
 *
 * @param caller whose it is
 * @param hash SHA-256 of the key's text, 32 bytes
 * @param expires when it ends to work; absent for never
 */
record ApiKey(Caller caller, byte[] hash, Optional<Instant> expires) {
    private static final String PREFIX = "crv_";
    private static final int BYTES = 32;

    ApiKey {
        if (hash.length != BYTES) {
            throw new IllegalArgumentException("a SHA-256 has 32 bytes");
        }
        hash = hash.clone();
    }

    /** In a time that does not depend on where they differ. */
    boolean is(byte[] other) {
        return MessageDigest.isEqual(hash, other);
    }

    boolean validAt(Instant now) {
        return expires.isEmpty() || now.isBefore(expires.get());
    }

    static byte[] hashOf(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A new key's text. */
    static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
