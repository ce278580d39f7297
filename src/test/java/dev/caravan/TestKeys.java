package dev.caravan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** The keys of services under test, one per role. */
public final class TestKeys {
    public static final String VIEWER = "key-of-a-viewer";
    public static final String OPERATOR = "key-of-an-operator";
    public static final String ADMIN = "key-of-an-admin";
    public static final String EXPIRED = "key-that-has-expired";

    private TestKeys() {}

    /** Adds them to a configuration. */
    public static void declare(Map<String, String> properties) {
        key(properties, "viewer", VIEWER, "viewer");
        key(properties, "operator", OPERATOR, "operator");
        key(properties, "admin", ADMIN, "admin");
        key(properties, "expired", EXPIRED, "admin");
        properties.put("caravan.auth.key.expired.expires", "2020-01-31");
    }

    private static void key(Map<String, String> properties, String name, String key, String role) {
        properties.put("caravan.auth.key." + name + ".hash", sha256(key));
        properties.put("caravan.auth.key." + name + ".role", role);
    }

    public static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
