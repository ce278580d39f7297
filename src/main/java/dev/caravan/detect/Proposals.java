package dev.caravan.detect;

import dev.caravan.mask.MaskKey;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.mask.MaskSettings;
import dev.caravan.mask.Masker;
import dev.caravan.mask.Parameter;
import dev.caravan.mask.PolicyFile;
import dev.caravan.mask.PolicyProposal;
import dev.caravan.mask.ValueKind;
import dev.caravan.plan.MaskAssignment;
import dev.caravan.plan.MaskProblem;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.Column;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.TableName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds a masker for each column without a decision, such that the static proof of the whole policy holds: what does not fit a column's type,
 * length or constraints gives way to the next that might. For one search by one thread.
 */
final class Proposals {
    private static final int MOST_ROUNDS = 8;
    private static final String FILE = "proposal.yaml";

    private final Catalog catalog;
    private final MaskPolicy policy;
    private final MaskSettings settings;
    private final MaskKey key;
    private final Map<String, Deque<String>> candidates = new LinkedHashMap<>();
    private final Set<String> given = new LinkedHashSet<>();

    Proposals(Catalog catalog, MaskPolicy policy, MaskSettings settings, MaskKey key) {
        this.catalog = catalog;
        this.policy = policy;
        this.settings = settings;
        this.key = key;
    }

    /** How a policy file names a column. */
    static String name(TableName table, String column) {
        return table + "." + (column.matches("[a-z_][a-z0-9_$]*") ? column : '"' + column.replace("\"", "\"\"") + '"');
    }

    /**
     * Takes in a column without a decision.
     *
     * @param sample what was seen of it
     * @param places what it seems to hold; empty for nothing
     */
    void undecided(TableName table, ColumnSample sample, List<ColumnSample.Place> places) {
        Column column = sample.column();
        Set<String> options = new LinkedHashSet<>();
        ValueKind kind = ValueKind.of(column.type());
        if (kind == ValueKind.JSON) {
            options.add(document(places, sample.keysAreWords()));
        } else if (!places.isEmpty() && places.get(0).path().isEmpty()) {
            PersonalData found = places.get(0).verdict().kind();
            found.maskers().stream()
                    .filter(masker -> fits(masker, kind))
                    .map(Proposals::written)
                    .forEach(options::add);
        } else if (places.isEmpty() && sample.fewDifferent()) {
            options.add(
                    "{mask: keep, reason: \"few values that repeat and none that looks personal, please confirm\"}");
        } else if (places.isEmpty()) {
            options.add(PolicyProposal.of(column, settings.maskers()));
        }
        general(kind).stream()
                .filter(masker -> fits(masker.replaceAll("[{}]|mask: |,.*", ""), kind))
                .forEach(options::add);
        if (!column.refusesNull()) {
            options.add("\"null\"");
        }
        options.remove("decide");
        candidates.put(name(table, column.name()), new ArrayDeque<>(options));
    }

    private static List<String> general(ValueKind kind) {
        return switch (kind) {
            case TEXT -> List.of("token", "{mask: token, length: 12}", "format-preserving");
            case INTEGER -> List.of("integer-id", "number-noise");
            case DECIMAL, FLOAT -> List.of("number-noise");
            case DATE, TIMESTAMP, TIME ->
                List.of("{mask: date-truncate, to: year}", "date-shift", "{mask: date-truncate, to: hour}");
            case UUID -> List.of("uuid");
            case INET -> List.of("ip");
            case MACADDR -> List.of("mac");
            case BYTES -> List.of("bytes");
            case BOOLEAN -> List.of("boolean");
            case ENUM -> List.of("enum");
            default -> List.of();
        };
    }

    private boolean fits(String masker, ValueKind kind) {
        Optional<Masker> found = settings.maskers().find(masker);
        return found.isPresent()
                && found.get().accepts().contains(kind)
                && found.get().parameters().stream().noneMatch(Parameter::required);
    }

    private static String written(String masker) {
        return masker.equals("date-truncate") ? "{mask: date-truncate, to: year}" : masker;
    }

    private static String document(List<ColumnSample.Place> places, boolean words) {
        String paths = places.stream()
                .filter(place -> place.path().isPresent() && !place.path().get().equals("$"))
                .filter(place -> !place.verdict().kind().maskers().isEmpty())
                .map(place -> '"' + place.path().get() + "\": "
                        + place.verdict().kind().maskers().get(0))
                .distinct()
                .collect(Collectors.joining(", "));
        return "{mask: json, paths: {" + paths + "}, unknown: mask" + (words ? ", keys: words}" : "}");
    }

    /** What was found for the columns, by their names; a column for which nothing fits is in {@link #without()}. */
    Map<String, String> proved() {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Set<String> wrong = wrong(chosen());
            if (wrong.isEmpty()) {
                break;
            }
            wrong.forEach(column -> {
                candidates.get(column).poll();
                if (candidates.get(column).isEmpty()) {
                    candidates.remove(column);
                    given.add(column);
                }
            });
        }
        return chosen();
    }

    /** Columns for which no masker fits. */
    List<String> without() {
        return List.copyOf(given);
    }

    private Map<String, String> chosen() {
        Map<String, String> chosen = new LinkedHashMap<>();
        List<String> none = new ArrayList<>();
        candidates.forEach((column, options) -> {
            if (options.isEmpty()) {
                none.add(column);
            } else {
                chosen.put(column, options.peek());
            }
        });
        none.forEach(column -> {
            candidates.remove(column);
            given.add(column);
        });
        return chosen;
    }

    private Set<String> wrong(Map<String, String> chosen) {
        if (chosen.isEmpty()) {
            return Set.of();
        }
        List<String> faults = new ArrayList<>();
        String yaml = PolicyDraft.of(Optional.empty(), policy.name(), chosen, List.of())
                .orElseThrow();
        Map<String, MaskPolicy> read = PolicyFile.parse(FILE, yaml, settings.maskers(), faults);
        Set<String> wrong = new HashSet<>();
        String[] lines = yaml.split("\n");
        for (String fault : faults) {
            // proposal.yaml:12: …
            int line = Integer.parseInt(fault.substring(FILE.length() + 1).split(":", 2)[0]);
            chosen.keySet().stream()
                    .filter(column -> lines[line - 1]
                            .strip()
                            .replace("''", "'")
                            .replaceFirst("^'", "")
                            .startsWith(column))
                    .forEach(wrong::add);
        }
        if (!wrong.isEmpty() || !read.containsKey(policy.name())) {
            return wrong;
        }
        MaskAssignment assignment =
                MaskAssignment.of(catalog, policy.with(read.get(policy.name()).entries()), settings.maskers(), key);
        for (MaskProblem problem : assignment.problems()) {
            if (problem.code() != ErrorCode.UNDECIDED_COLUMNS
                    && problem.table().isPresent()
                    && problem.column().isPresent()) {
                String column = name(problem.table().get(), problem.column().get());
                if (chosen.containsKey(column)) {
                    wrong.add(column);
                }
            }
        }
        return wrong;
    }
}
