package dev.caravan.mask;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a policy file, in which policies stand by their names; docs/masking.md describes the form. */
public final class PolicyFile {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,62}";

    private PolicyFile() {}

    /**
     * @param fileName as it stands in faults and reports, such as {@code masks.yaml}
     * @param yaml the file's text
     * @param faults gets every fault at once, such as {@code masks.yaml:12: there is no masker "emial"; did you mean email?}
     * @return the policies that could be read, by name, in the file's order; not to be used when there are faults
     */
    public static Map<String, MaskPolicy> parse(String fileName, String yaml, Maskers maskers, List<String> faults) {
        Map<String, MaskPolicy> policies = new LinkedHashMap<>();
        Optional<Written> root = YamlText.read(fileName, yaml, faults);
        if (root.isEmpty()) {
            return policies;
        }
        Written all = root.get();
        if (!all.isMap()) {
            faults.add(all.at() + ": must be a map that begins with policies:");
            return policies;
        }
        all.map().forEach((key, value) -> {
            if (!key.equals("policies")) {
                faults.add(value.at() + ": there is no key " + key + Suggestion.after(key, Set.of("policies")));
            }
        });
        Written named = all.map().get("policies");
        if (named == null || !named.isMap() || named.map().isEmpty()) {
            faults.add(all.at() + ": policies must map the name of at least one policy to what it says");
            return policies;
        }
        String version = sha256(yaml);
        named.map().forEach((name, written) -> {
            if (!name.matches(NAME)) {
                faults.add(written.at() + ": a policy's name has letters, digits, _ and - only, at most 63");
            } else if (!written.isMap()) {
                faults.add(written.at() + ": the policy " + name + " must be a map, such as {columns: {...}}");
            } else {
                policies.put(name, new PolicyReader(name, version, maskers, faults).read(written));
            }
        });
        return policies;
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
