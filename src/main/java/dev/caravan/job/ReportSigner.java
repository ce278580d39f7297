package dev.caravan.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs reports with a key of the operator's, and tells whether one is as it was signed. The canonical form is the JSON without its member
 * {@code signature}, keys in order of their UTF-16 units, no blanks: that of RFC 8785 for what reports hold. Immutable.
 */
public final class ReportSigner {
    private static final String ALGORITHM = "HMAC-SHA256";
    private static final int LEAST_BYTES = 16;

    private final byte[] key;

    private ReportSigner(byte[] key) {
        this.key = key;
    }

    /**
     * @param text the key as UTF-8
     * @throws IllegalArgumentException for one that is too short; it does not quote it
     */
    public static ReportSigner of(String text) {
        byte[] key = text.strip().getBytes(StandardCharsets.UTF_8);
        if (key.length < LEAST_BYTES) {
            throw new IllegalArgumentException("must have at least 16 characters, such as openssl rand -hex 32 makes");
        }
        return new ReportSigner(key);
    }

    /** The report with its signature. */
    public Report signed(Report report) {
        return report.signedBy(signature(Json.MAPPER.valueToTree(report)));
    }

    /** Whether the report is as it was signed; absent when it has no signature, or one by another key. */
    public Optional<Boolean> valid(JsonNode report) {
        JsonNode stated = report.path("signature");
        ReportSignature actual = signature(report);
        if (!stated.path("keyId").asText().equals(actual.keyId())) {
            return Optional.empty();
        }
        return Optional.of(MessageDigest.isEqual(
                actual.value().getBytes(StandardCharsets.US_ASCII),
                stated.path("value").asText().getBytes(StandardCharsets.US_ASCII)));
    }

    private ReportSignature signature(JsonNode report) {
        return new ReportSignature(
                ALGORITHM,
                HexFormat.of().formatHex(Arrays.copyOf(code("key id".getBytes(StandardCharsets.UTF_8)), 4)),
                HexFormat.of().formatHex(code(canonical(report))));
    }

    private static byte[] canonical(JsonNode report) {
        ObjectNode bare = ((ObjectNode) report).deepCopy();
        bare.remove("signature");
        try {
            return Json.MAPPER
                    .writer()
                    .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .writeValueAsBytes(Json.MAPPER.treeToValue(bare, TreeMap.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    private byte[] code(byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
