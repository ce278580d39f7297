package dev.caravan.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/** What the demo masks with: a key that lives as long as the demo, and a policy that leaves one column undecided. */
final class DemoMasking {
    private static final String KEY_PROPERTY = "caravan.demo.mask.key";
    private static final int KEY_BYTES = 32;
    private static final String TABLE = "public.customer";
    private static final String UNDECIDED = "emergency_contact";

    private DemoMasking() {}

    /** Writes the policy into the directory. @return the settings of masking */
    static Map<String, String> settings(DemoDirectory directory) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        System.setProperty(KEY_PROPERTY, HexFormat.of().formatHex(key));
        Path policy = directory.file("masks.yaml");
        try (InputStream in = DemoMasking.class.getResourceAsStream("/demo/masks.yaml")) {
            Files.write(policy, in.readAllBytes());
        }
        return Map.of("caravan.mask.key", "{{sys:" + KEY_PROPERTY + "}}", "caravan.mask.policyFile", policy.toString());
    }

    /** The request that meets the undecided column. */
    static ObjectNode undecided() {
        return CopyService.JSON
                .createObjectNode()
                .put("source", DemoServers.SOURCE)
                .put("target", DemoServers.TARGET)
                .put("mask", true);
    }

    /** The same for three tenants of the thirty. */
    static ObjectNode threeTenants() {
        ObjectNode request = decided();
        request.putArray("onlyTenants").add(1).add(23).add(4);
        // Some tickets of theirs are assigned to people of other tenants.
        request.put("crossTenant", "nullify");
        return request;
    }

    /** The same request, with the decision on top of the policy. */
    static ObjectNode decided() {
        ObjectNode request = undecided();
        request.putObject("masks").putObject(TABLE).put(UNDECIDED, "token");
        return request;
    }
}
