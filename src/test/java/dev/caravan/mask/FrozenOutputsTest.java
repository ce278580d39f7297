package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A value has the same mask in every version: who upgrades must find yesterday's Anna under the same name. Each line of the file is the digest of what
 * one masker makes of 1,000 values of one type; floating-point types are left out, which Java prints in another way from 19 on.
 */
class FrozenOutputsTest {
    private static final String FILE = "/frozen-outputs.txt";
    private static final int CASES = 1_000;

    @TempDir
    static Path lookups;

    @Test
    void everyMaskerMakesOfAValueWhatItHasAlwaysMade() throws Exception {
        MaskerPropertiesTest.writeLookup(lookups);
        List<String> lines = new ArrayList<>();
        MaskerPropertiesTest.maskers(lookups).forEach(masker -> masker.accepts().stream()
                .filter(kind -> kind != ValueKind.FLOAT)
                .sorted()
                .flatMap(kind -> MaskerCases.of(kind, masker.example().before(), CASES).stream())
                .forEach(cases -> MaskerPropertiesTest.prepared(masker, cases.type())
                        .forEach(column ->
                                lines.add(masker.name() + " " + cases.type().name() + " "
                                        + digest(MaskerPropertiesTest.masked(
                                                masker, column, cases.values(), MaskerPropertiesTest.KEY))))));
        String now = String.join("\n", lines) + "\n";
        Path written = Files.writeString(Path.of("target", "frozen-outputs.txt"), now);
        assertEquals(
                frozen(),
                now,
                "Values of existing copies would get other masks. Only for a masker that is new, or is said to change in the changelog: copy "
                        + written + " to src/test/resources");
    }

    private static String frozen() throws IOException {
        try (var file = FrozenOutputsTest.class.getResourceAsStream(FILE)) {
            return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static String digest(List<String> values) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String value : values) {
                digest.update((value == null ? "\\N" : value).getBytes(StandardCharsets.UTF_8));
                digest.update((byte) '\n');
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
