package dev.caravan.job;

import java.util.List;

/**
 * What a search for personal data found.
 *
 * @param tables how many tables were looked at; partitions count with their table
 * @param columns how many columns they have
 * @param undecidedColumns how many of them nobody has decided on
 * @param rows how many rows were looked at
 * @param millis how long it took, in milliseconds
 * @param findings what seems personal, by table and column
 * @param unread what was not looked at, and why, in sentences
 * @param policy a policy file with all decisions already taken and a proposal for each column without one, to be read and put in place
 * @param notes what to know about the policy file, in sentences
 */
public record PiiScanReport(
        int tables,
        int columns,
        int undecidedColumns,
        long rows,
        long millis,
        List<PiiFinding> findings,
        List<String> unread,
        String policy,
        List<String> notes) {
    public PiiScanReport {
        findings = List.copyOf(findings);
        unread = List.copyOf(unread);
        notes = List.copyOf(notes);
    }
}
