package dev.caravan.job;

import dev.caravan.schema.TableName;
import java.util.List;
import java.util.Optional;

/**
 * A column, or a place in its documents, that seems to hold personal data.
 *
 * @param table the table; of a partitioned one the whole
 * @param column the column
 * @param path the place in a document, such as {@code $.contacts[*].email}; absent for the value as a whole
 * @param kind what it seems to be, such as {@code email}
 * @param direct whether one value alone can lead to a person or an account
 * @param confidence from 0.5 to 0.99
 * @param evidence why, in words and counts; never a value
 * @param decision the masker that the policy has for it, {@code keep} among them; absent when nobody has decided
 * @param decidedIn where that was decided
 * @param proposal the masker that is proposed; absent for a decided column, and where none fits
 */
public record PiiFinding(
        TableName table,
        String column,
        Optional<String> path,
        String kind,
        boolean direct,
        double confidence,
        List<String> evidence,
        Optional<String> decision,
        Optional<String> decidedIn,
        Optional<String> proposal) {
    public PiiFinding {
        evidence = List.copyOf(evidence);
    }
}
