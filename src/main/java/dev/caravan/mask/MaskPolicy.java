package dev.caravan.mask;

import dev.caravan.schema.Column;
import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which column gets which masker.
 *
 * @param name its name in the policy file
 * @param version SHA-256 of the file's text in hexadecimal, for the report
 * @param entries decisions by column or pattern; the most specific that matches counts, the later of equals
 * @param byType decisions by the type's name, where no entry matches
 * @param bySchema decisions by the schema's name, where neither matches
 * @param virtualKeys references that the catalog does not know of
 * @param onUndecided what happens to a column that nothing decides on
 * @param largeObjects what happens to large objects
 * @param tenants how one tenant is told from another
 * @param quasiIdentifiers columns that together may lead to a person
 * @param onUnproven what happens where nobody can tell beforehand whether the target takes what is masked
 */
public record MaskPolicy(
        String name,
        String version,
        List<Entry> entries,
        Map<String, ColumnDecision> byType,
        Map<String, ColumnDecision> bySchema,
        List<VirtualKey> virtualKeys,
        OnUndecided onUndecided,
        LargeObjects largeObjects,
        TenantPolicy tenants,
        List<QuasiIdentifiers> quasiIdentifiers,
        OnUnproven onUnproven) {
    /**
     * A decision on the columns that a pattern names.
     */
    public record Entry(ColumnPattern pattern, ColumnDecision decision) {}

    /** What happens to a column that nothing decides on. */
    public enum OnUndecided {
        /** The job stops before it writes anything, with the list. */
        FAIL,
        /** The column is emptied; one that refuses NULL still stops the job. */
        NULL,
        /** The column gets a masker that its type takes: a token, a number, a date. */
        DEFAULT_MASKER
    }

    /** What happens where the proof before the run finds neither that the target takes masked values nor that it does not. */
    public enum OnUnproven {
        /** The job stops before it writes anything, with the list. */
        REFUSE,
        /** The job runs and its report has a warning; it may fail before the swap. */
        WARN
    }

    /** What happens to large objects, which nobody can mask. */
    public enum LargeObjects {
        /** Nobody has said it: a job that would copy any stops. */
        UNDECIDED,
        KEEP,
        SKIP
    }

    /** The policy of those who have none: every column is undecided. */
    public static final MaskPolicy UNDECIDED = new MaskPolicy(
            MaskSettings.DEFAULT,
            "",
            List.of(),
            Map.of(),
            Map.of(),
            List.of(),
            OnUndecided.FAIL,
            LargeObjects.UNDECIDED);

    public MaskPolicy {
        entries = List.copyOf(entries);
        byType = Map.copyOf(byType);
        bySchema = Map.copyOf(bySchema);
        virtualKeys = List.copyOf(virtualKeys);
        quasiIdentifiers = List.copyOf(quasiIdentifiers);
    }

    /** A policy that says nothing of tenants. */
    public MaskPolicy(
            String name,
            String version,
            List<Entry> entries,
            Map<String, ColumnDecision> byType,
            Map<String, ColumnDecision> bySchema,
            List<VirtualKey> virtualKeys,
            OnUndecided onUndecided,
            LargeObjects largeObjects) {
        this(name, version, entries, byType, bySchema, virtualKeys, onUndecided, largeObjects, TenantPolicy.NONE);
    }

    /** A policy that names no quasi-identifiers. */
    public MaskPolicy(
            String name,
            String version,
            List<Entry> entries,
            Map<String, ColumnDecision> byType,
            Map<String, ColumnDecision> bySchema,
            List<VirtualKey> virtualKeys,
            OnUndecided onUndecided,
            LargeObjects largeObjects,
            TenantPolicy tenants) {
        this(
                name,
                version,
                entries,
                byType,
                bySchema,
                virtualKeys,
                onUndecided,
                largeObjects,
                tenants,
                List.of(),
                OnUnproven.REFUSE);
    }

    /** What it says of a column; empty when it says nothing. */
    public Optional<ColumnDecision> decide(TableName table, Column column) {
        Optional<ColumnDecision> named = entries.stream()
                .filter(entry -> entry.pattern().matches(table, column.name()))
                .reduce((one, other) ->
                        other.pattern().specificity() >= one.pattern().specificity() ? other : one)
                .map(Entry::decision);
        return named.or(() -> Optional.ofNullable(
                        byType.get(ValueKind.elementary(column.type()).name())))
                .or(() -> Optional.ofNullable(bySchema.get(table.schema())));
    }

    /** This policy without its conditions on rows. */
    public MaskPolicy unconditioned() {
        return new MaskPolicy(
                name,
                version,
                entries,
                byType,
                bySchema,
                virtualKeys,
                onUndecided,
                largeObjects,
                tenants.unconditioned(),
                quasiIdentifiers,
                onUnproven);
    }

    /** This policy with further decisions on top, which count whatever is more specific here. */
    public MaskPolicy with(List<Entry> onTop) {
        List<Entry> all = new ArrayList<>(entries);
        all.removeIf(entry -> onTop.stream().anyMatch(over -> over.pattern().equals(entry.pattern())));
        all.addAll(onTop);
        return new MaskPolicy(
                name,
                version,
                all,
                byType,
                bySchema,
                virtualKeys,
                onUndecided,
                largeObjects,
                tenants,
                quasiIdentifiers,
                onUnproven);
    }
}
