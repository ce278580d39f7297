package dev.caravan.target;

import dev.caravan.job.Report.LeftOut;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.target.Archive.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which entries of an archive are restored, in which of four steps, and which are left out. Pure.
 *
 * @param preData before the rows
 * @param attachments of partitions' indexes, when these and their parents' are built
 * @param postData the rest, in the archive's order
 * @param eventTriggers at the very end, so that they do not see the load
 * @param leftOut what the new database does not have, and why
 */
public record ArchiveSelection(
        List<Entry> preData,
        List<Entry> attachments,
        List<Entry> postData,
        List<Entry> eventTriggers,
        List<LeftOut> leftOut) {
    private static final long PG_EXTENSION = 3079;
    private static final long PG_PUBLICATION = 6104;
    private static final long PG_POLICY = 3256;
    private static final String FOR_SUPERUSERS = "Only a superuser can make it, and the target's login is none.";
    private static final String REACHES_BACK = "It could reach back to the source's surroundings.";

    public ArchiveSelection {
        preData = List.copyOf(preData);
        attachments = List.copyOf(attachments);
        postData = List.copyOf(postData);
        eventTriggers = List.copyOf(eventTriggers);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * @param builtByUs entries of indexes, constraints and foreign keys that are made in another way
     * @throws CaravanException {@code unsupported-object} when the source has a schema of the name that the ledger needs
     */
    public static ArchiveSelection of(Archive archive, Set<Archive.Id> builtByUs, RestoreLimits limits) {
        List<Entry> preData = new ArrayList<>();
        List<Entry> attachments = new ArrayList<>();
        List<Entry> postData = new ArrayList<>();
        List<Entry> eventTriggers = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        for (Entry entry : archive.preData()) {
            refuseLedgerName(entry);
            if (stays(entry, builtByUs, limits, leftOut)) {
                preData.add(entry);
            }
        }
        for (Entry entry : archive.postData()) {
            if (!stays(entry, builtByUs, limits, leftOut)) {
                continue;
            }
            // An index in a schema named ATTACH looks alike, but is an object of its own.
            if (entry.is("INDEX ATTACH") && entry.id().classOid() == 0) {
                attachments.add(entry);
            } else if (entry.is("EVENT TRIGGER") || concerns(entry, "EVENT TRIGGER ")) {
                eventTriggers.add(entry);
            } else {
                postData.add(entry);
            }
        }
        return new ArchiveSelection(preData, attachments, postData, eventTriggers, leftOut);
    }

    private static boolean stays(Entry entry, Set<Archive.Id> builtByUs, RestoreLimits limits, List<LeftOut> leftOut) {
        if (builtByUs.contains(entry.id())) {
            return false;
        }
        Optional<String> reason = reason(entry, limits);
        reason.ifPresent(text -> leftOut.add(new LeftOut(entry.object(), text)));
        return reason.isEmpty();
    }

    private static Optional<String> reason(Entry entry, RestoreLimits limits) {
        if (entry.is("SUBSCRIPTION") || entry.is("SUBSCRIPTION TABLE") || concerns(entry, "SUBSCRIPTION ")) {
            return Optional.of(REACHES_BACK);
        }
        if (entry.is("USER MAPPING")) {
            return Optional.of(REACHES_BACK);
        }
        for (String skipped : limits.skippedExtensions()) {
            if ((entry.id().classOid() == PG_EXTENSION && entry.text().trim().equals("EXTENSION - " + skipped))
                    || concernsExactly(entry, "EXTENSION " + skipped)) {
                return Optional.of("extensions.skip names it.");
            }
        }
        if (entry.id().classOid() == PG_POLICY
                && limits.policiesWithoutRoles().containsKey(entry.id().oid())) {
            return Optional.of("The target lacks a role that it names: "
                    + limits.policiesWithoutRoles().get(entry.id().oid()) + ". Row security stays on.");
        }
        if (!limits.ownsPublicSchema()
                && (entry.text().startsWith("SCHEMA - public ") || concernsExactly(entry, "SCHEMA public"))) {
            return Optional.of("The target's login does not own the schema public.");
        }
        return limits.superuser() ? Optional.empty() : superusersOnly(entry, limits);
    }

    private static Optional<String> superusersOnly(Entry entry, RestoreLimits limits) {
        if (entry.is("EVENT TRIGGER") || concerns(entry, "EVENT TRIGGER ")) {
            return Optional.of(FOR_SUPERUSERS);
        }
        if (entry.id().classOid() == PG_PUBLICATION
                && limits.superuserPublications().contains(entry.id().oid())) {
            return Optional.of(FOR_SUPERUSERS);
        }
        // Whatever a left-out publication still had to say would fail, and its comment is no loss.
        if (!limits.superuserPublications().isEmpty()
                && (entry.is("PUBLICATION TABLES IN SCHEMA") || concerns(entry, "PUBLICATION "))) {
            return Optional.of(FOR_SUPERUSERS);
        }
        if (concerns(entry, "EXTENSION ")) {
            return Optional.of("The extension's own comment, which CREATE EXTENSION sets, stays.");
        }
        return Optional.empty();
    }

    /** Whether the entry is a comment or security label on an object of that kind, which is in no schema. */
    private static boolean concerns(Entry entry, String kind) {
        return entry.text().startsWith("COMMENT - " + kind) || entry.text().startsWith("SECURITY LABEL - " + kind);
    }

    private static boolean concernsExactly(Entry entry, String object) {
        return entry.object().equals("COMMENT " + object) || entry.object().equals("SECURITY LABEL " + object);
    }

    private static void refuseLedgerName(Entry entry) {
        if (entry.text().startsWith("SCHEMA - " + Ledger.SCHEMA + " ")) {
            throw CaravanException.of(
                    ErrorCode.UNSUPPORTED_OBJECT,
                    "The source has a schema named " + Ledger.SCHEMA + ", which is the name of the copy's own ledger.",
                    "Rename that schema on the source; it may be a leftover of a copy.");
        }
    }
}
