package dev.caravan.detect;

import dev.caravan.job.PiiFinding;
import dev.caravan.job.PiiScan;
import dev.caravan.job.PiiScanReport;
import dev.caravan.job.PiiScanStore;
import dev.caravan.mask.MaskKey;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.mask.MaskSettings;
import dev.caravan.plan.MaskAssignment;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.Column;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import dev.caravan.schema.Wildcard;
import dev.caravan.source.SourceJob;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One search for personal data: the samples, what they look like, and what is proposed. Not thread-safe. */
final class PiiSearch {
    private static final Duration LONGEST_TABLE = Duration.ofSeconds(5);
    private static final int MOST_PARTITIONS = 5;
    private static final int LEAST_ROWS = 10;

    private final MaskSettings settings;
    private final PiiScanStore store;
    private final Clock clock;
    private final Judge judge = new Judge(NameLexicon.INSTANCE);
    private final PiiScan scan;
    private final SourceJob source;
    private final Instant began;
    private final Instant deadline;
    private final Catalog catalog;
    private final Map<TableName, Table> tables = new HashMap<>();
    private final List<String> unread = new ArrayList<>();
    private long rows;

    PiiSearch(PiiScan scan, SourceJob source, MaskSettings settings, PiiScanStore store, Clock clock) {
        this.scan = scan;
        this.settings = settings;
        this.store = store;
        this.clock = clock;
        this.source = source;
        this.began = clock.instant();
        this.deadline = began.plusSeconds(scan.request().maxSeconds());
        this.catalog = source.catalog();
        catalog.tables().forEach(table -> tables.put(table.name(), table));
    }

    PiiScanReport run() {
        MaskPolicy policy = settings.policy(scan.request().maskPolicy());
        MaskKey key = settings.key().orElseGet(PiiSearch::passingKey);
        MaskAssignment assignment = MaskAssignment.of(catalog, policy, settings.maskers(), key);
        Map<String, MaskAssignment.Decision> decisions = new HashMap<>();
        assignment
                .decisions()
                .forEach(decision -> decisions.put(Proposals.name(decision.table(), decision.column()), decision));
        Map<Table, List<Table>> wanted = wanted();
        Map<Table, List<ColumnSample>> samples = sampled(wanted);
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
                rows,
                Duration.between(began, clock.instant()).toMillis(),
                findings(samples, places, decisions, proved),
                unread,
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

    /** The tables to look at, each with those that hold its rows: itself, or its partitions. */
    private Map<Table, List<Table>> wanted() {
        Map<Table, List<Table>> wanted = new TreeMap<>(Comparator.comparing(Table::name));
        for (Table table : catalog.tables()) {
            Table root = root(table);
            if (matches(root.name())) {
                List<Table> holders = wanted.computeIfAbsent(root, unused -> new ArrayList<>());
                if (table.kind() == Table.Kind.PLAIN) {
                    holders.add(table);
                }
            }
        }
        if (wanted.isEmpty() && !scan.request().tables().isEmpty()) {
            throw CaravanException.of(
                    ErrorCode.NOT_FOUND,
                    "No table of the source has a name that was asked for.",
                    "Name schema and table, with * for any letters, as in public.*.");
        }
        return wanted;
    }

    private Table root(Table table) {
        Table top = table;
        while (top.partitionOf().isPresent()
                && tables.containsKey(top.partitionOf().get())) {
            top = tables.get(top.partitionOf().get());
        }
        return top;
    }

    private boolean matches(TableName name) {
        List<String> patterns = scan.request().tables();
        return patterns.isEmpty()
                || patterns.stream().anyMatch(pattern -> Wildcard.matches(pattern, name.schema() + "." + name.name()));
    }

    private Map<Table, List<ColumnSample>> sampled(Map<Table, List<Table>> wanted) {
        Map<Table, List<ColumnSample>> samples = new LinkedHashMap<>();
        Instant told = began;
        int done = 0;
        store.progress(scan.id(), wanted.size(), 0);
        for (Map.Entry<Table, List<Table>> entry : wanted.entrySet()) {
            samples.put(entry.getKey(), sampled(entry.getKey(), entry.getValue()));
            done++;
            Instant now = clock.instant();
            if (now.isAfter(told.plusSeconds(1))) {
                told = now;
                store.progress(scan.id(), wanted.size(), done);
                source.reasonToYield().ifPresent(reason -> {
                    throw reason;
                });
            }
        }
        store.progress(scan.id(), wanted.size(), done);
        return samples;
    }

    private List<ColumnSample> sampled(Table root, List<Table> holders) {
        List<Column> columns = root.copiedColumns();
        List<ColumnSample> samples = columns.stream()
                .map(column -> new ColumnSample(root.name().name(), column))
                .toList();
        List<Table> largest = holders.stream()
                .sorted(Comparator.comparingLong(Table::bytes).reversed())
                .limit(MOST_PARTITIONS)
                .toList();
        for (Table holder : columns.isEmpty() ? List.<Table>of() : largest) {
            Duration left = Duration.between(clock.instant(), deadline);
            if (left.isNegative() || left.isZero()) {
                unread.add(root.name() + ": the search's time was up; only names were judged");
                return samples;
            }
            int rowsEach = Math.max(LEAST_ROWS, scan.request().sampleRows() / largest.size());
            try {
                rows += source.sample(
                        holder, columns, rowsEach, left.compareTo(LONGEST_TABLE) < 0 ? left : LONGEST_TABLE, values -> {
                            for (int i = 0; i < values.length; i++) {
                                samples.get(i).add(values[i]);
                            }
                        });
            } catch (CaravanException e) {
                if (e.code() == ErrorCode.CONNECTION_UNREACHABLE || e.code() == ErrorCode.SNAPSHOT_LOST) {
                    throw e;
                }
                unread.add(holder.name() + ": " + e.getMessage());
            }
        }
        return samples;
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
