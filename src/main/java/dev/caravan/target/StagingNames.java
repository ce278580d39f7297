package dev.caravan.target;

import dev.caravan.schema.Identifiers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The names that a job gives to databases beside its target: the target's name, cut between two characters to what fits, a
 * word, and the last eight hex digits of the job's id.
 *
 * @param target the target database
 * @param staging the database that is filled
 * @param previous what the old target is called after the swap
 */
public record StagingNames(String target, String staging, String previous) {
    private static final Pattern OURS = Pattern.compile(".*_(?:caravan|before)_[0-9a-f]{8}", Pattern.DOTALL);

    /**
     * @param jobId a UUID
     */
    public static StagingNames of(String target, String jobId) {
        String digits = HexFormat.of().toHexDigits((int) UUID.fromString(jobId).getLeastSignificantBits());
        return new StagingNames(target, cut(target, "_caravan_" + digits), cut(target, "_before_" + digits));
    }

    /** Whether a database of that name may be one of ours; nothing else is ever dropped. */
    static boolean ours(String database) {
        return OURS.matcher(database).matches();
    }

    private static String cut(String name, String suffix) {
        int room = Identifiers.MAX_BYTES - suffix.length();
        int end = name.length();
        while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > room) {
            end = name.offsetByCodePoints(end, -1);
        }
        return name.substring(0, end) + suffix;
    }
}
