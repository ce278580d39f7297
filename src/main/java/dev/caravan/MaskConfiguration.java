package dev.caravan;

import dev.caravan.mask.MaskKey;
import dev.caravan.mask.MaskSettings;
import dev.caravan.mask.Maskers;
import dev.caravan.mask.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of masking: the key, and the policy file, which is read here. */
final class MaskConfiguration {
    private static final long LARGEST_BYTES = 1 << 20;

    private MaskConfiguration() {}

    /** @param faults gets a sentence for each fault; those of the policy file have its name and the line */
    static MaskSettings read(Map<String, String> values, List<String> faults) {
        Maskers maskers = Maskers.load();
        String path = values.getOrDefault("caravan.mask.policyFile", "");
        Optional<String> text = text(path, faults);
        return new MaskSettings(
                key(values.getOrDefault("caravan.mask.key", ""), faults),
                text.map(yaml -> PolicyFile.parse(Path.of(path).getFileName().toString(), yaml, maskers, faults))
                        .orElse(Map.of()),
                text,
                maskers);
    }

    private static Optional<MaskKey> key(String text, List<String> faults) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(MaskKey.parse(text));
        } catch (IllegalArgumentException e) {
            faults.add("caravan.mask.key: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<String> text(String path, List<String> faults) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path file = Path.of(path);
            if (Files.size(file) > LARGEST_BYTES) {
                faults.add("caravan.mask.policyFile: is larger than 1 MB");
                return Optional.empty();
            }
            return Optional.of(Files.readString(file));
        } catch (IOException | InvalidPathException e) {
            faults.add("caravan.mask.policyFile: cannot be read; name a file in UTF-8 that this user may read");
            return Optional.empty();
        }
    }
}
