package dev.caravan.detect;

import dev.caravan.job.PiiFinding;
import dev.caravan.job.PiiScan;
import dev.caravan.job.PiiScanReport;
import dev.caravan.job.PiiScanStore;
import dev.caravan.mask.MaskKey;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.mask.MaskSettings;
import dev.caravan.plan.MaskAssignment;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import dev.caravan.source.SourceJob;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One search for personal data: what the samples look like, and what is proposed. Not thread-safe. */
final class PiiSearch {
    private final MaskSettings settings;
    private final Clock clock;
    private final Judge judge = new Judge(NameLexicon.INSTANCE);
    private final PiiScan scan;
    private final Instant began;
    private final Catalog catalog;
    private final Sampling sampling;

    PiiSearch(PiiScan scan, SourceJob source, MaskSettings settings, PiiScanStore store, Clock clock) {
        this.scan = scan;
        this.settings = settings;
        this.clock = clock;
        this.began = clock.instant();
        this.catalog = source.catalog();
        this.sampling = new Sampling(scan, source, catalog, store, began, clock);
    }

    PiiScanReport run() {
        MaskPolicy policy = settings.policy(scan.request().maskPolicy());
        MaskKey key = settings.key().orElseGet(PiiSearch::passingKey);
        MaskAssignment assignment = MaskAssignment.of(catalog, policy, settings.maskers(), key);
        Map<String, MaskAssignment.Decision> decisions = new HashMap<>();
        assignment
                .decisions()
                .forEach(decision -> decisions.put(Proposals.name(decision.table(), decision.column()), decision));
        Map<Table, List<ColumnSample>> samples = sampling.take();
        Proposals proposals = new Proposals(catalog, policy, settings, key);
        Set<String> following = following();
        int columns = 0;
        int undecided = 0;
        Map<String, List<ColumnSample.Place>> places = new LinkedHashMap<>();
        for (Map.Entry<Table, List<ColumnSample>> entry : samples.entrySet()) {
            TableName table = entry.getKey().name();
            for (ColumnSample sample : entry.getValue()) {
                columns++;
                String name = Proposals.name(table, sample.column().name());
                List<ColumnSample.Place> found = sample.places(judge);
                places.put(name, found);
                if (!decisions.containsKey(name)) {
                    undecided++;
                    if (!following.contains(name)) {
                        proposals.undecided(table, sample, found);
                    }
                }
            }
        }
        Map<String, String> proved = proposals.proved();
        List<String> notes = new ArrayList<>();
        String draft = draft(policy, proved, proposals.without(), notes);
        if (!scan.request().tables().isEmpty()) {
            notes.add("Only some tables were looked at; columns of others may still need a decision.");
        }
        return new PiiScanReport(
                samples.size(),
                columns,
                undecided,
                sampling.rows(),
                Duration.between(began, clock.instant()).toMillis(),
                findings(samples, places, decisions, proved),
                sampling.unread(),
                draft,
                notes);
    }

    private String draft(MaskPolicy policy, Map<String, String> proved, List<String> without, List<String> notes) {
        Optional<String> merged = PolicyDraft.of(settings.policyText(), policy.name(), proved, without);
        if (merged.isPresent()) {
            return merged.get();
        }
        notes.add(
                "The policy file is written so that lines cannot be added to it; what is here has the new decisions only.");
        return PolicyDraft.of(Optional.empty(), policy.name(), proved, without).orElseThrow();
    }

    private List<PiiFinding> findings(
            Map<Table, List<ColumnSample>> samples,
            Map<String, List<ColumnSample.Place>> places,
            Map<String, MaskAssignment.Decision> decisions,
            Map<String, String> proved) {
        List<PiiFinding> findings = new ArrayList<>();
        samples.forEach((table, columns) -> columns.forEach(sample -> {
            String name = Proposals.name(table.name(), sample.column().name());
            Optional<MaskAssignment.Decision> decision = Optional.ofNullable(decisions.get(name));
            for (ColumnSample.Place place : places.get(name)) {
                Verdict verdict = place.verdict();
                findings.add(new PiiFinding(
                        table.name(),
                        sample.column().name(),
                        place.path(),
                        verdict.kind().code(),
                        verdict.kind().direct(),
                        Math.round(verdict.confidence() * 100) / 100.0,
                        verdict.evidence(),
                        decision.map(MaskAssignment.Decision::masker),
                        decision.map(MaskAssignment.Decision::origin),
                        Optional.ofNullable(proved.get(name))));
            }
        }));
        return findings;
    }

    /** Columns that reference others: they are masked as those are. */
    private Set<String> following() {
        Set<String> following = new HashSet<>();
        for (ForeignKey key : catalog.foreignKeys()) {
            for (int i = 0; i < key.columns().size(); i++) {
                String from = Proposals.name(key.table(), key.columns().get(i));
                String to =
                        Proposals.name(key.referenced(), key.referencedColumns().get(i));
                if (!from.equals(to)) {
                    following.add(from);
                }
            }
        }
        return following;
    }

    /** The proof needs some key; what it finds does not depend on which. */
    private static MaskKey passingKey() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return MaskKey.parse(HexFormat.of().formatHex(random));
    }
}
