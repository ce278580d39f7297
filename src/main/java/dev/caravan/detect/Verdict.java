package dev.caravan.detect;

import java.util.List;

/**
 * What a column seems to hold.
 *
 * @param kind what
 * @param confidence from 0.5, where a finding begins, to 0.99
 * @param evidence why, in words and counts; never a value
 */
record Verdict(PersonalData kind, double confidence, List<String> evidence) {
    Verdict {
        evidence = List.copyOf(evidence);
    }
}
