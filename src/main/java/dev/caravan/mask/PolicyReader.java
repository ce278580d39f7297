package dev.caravan.mask;

import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads one policy of a file. */
final class PolicyReader {
    private static final Set<String> KEYS = Set.of(
            "columns",
            "types",
            "schemas",
            "virtualKeys",
            "onUndecided",
            "onUnproven",
            "largeObjects",
            "quasiIdentifiers");
    /** What SQL calls a type, and what the catalog does. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("boolean", "bool"),
            Map.entry("smallint", "int2"),
            Map.entry("integer", "int4"),
            Map.entry("int", "int4"),
            Map.entry("bigint", "int8"),
            Map.entry("real", "float4"),
            Map.entry("double precision", "float8"),
            Map.entry("decimal", "numeric"),
            Map.entry("character varying", "varchar"),
            Map.entry("character", "bpchar"),
            Map.entry("char", "bpchar"),
            Map.entry("timestamp with time zone", "timestamptz"),
            Map.entry("timestamp without time zone", "timestamp"),
            Map.entry("time with time zone", "timetz"),
            Map.entry("time without time zone", "time"));

    private final String name;
    private final String version;
    private final List<String> faults;
    private final DecisionReader decisions;

    PolicyReader(String name, String version, Maskers maskers, List<String> faults) {
        this.name = name;
        this.version = version;
        this.faults = faults;
        this.decisions = new DecisionReader(maskers, faults);
    }

    /** @param written a map */
    MaskPolicy read(Written written) {
        Map<String, Written> map = written.map();
        map.forEach((key, value) -> {
            if (!KEYS.contains(key) && !TenantReader.KEYS.contains(key)) {
                Set<String> known = new TreeSet<>(KEYS);
                known.addAll(TenantReader.KEYS);
                fault(value, "a policy has no key " + key + Suggestion.after(key, known));
            }
        });
        return new MaskPolicy(
                name,
                version,
                columns(section(map, "columns")),
                byName(section(map, "types"), true),
                byName(section(map, "schemas"), false),
                virtualKeys(map.get("virtualKeys")),
                onUndecided(map.get("onUndecided")),
                largeObjects(map.get("largeObjects")),
                new TenantReader(faults).read(map),
                new QuasiIdentifiersReader(faults).read(map.get("quasiIdentifiers")),
                onUnproven(map.get("onUnproven")));
    }

    private Map<String, Written> section(Map<String, Written> map, String key) {
        Written section = map.get(key);
        if (section == null || section.isNull()) {
            return Map.of();
        }
        if (!section.isMap()) {
            fault(section, key + " must map names to maskers");
            return Map.of();
        }
        return section.map();
    }

    private List<MaskPolicy.Entry> columns(Map<String, Written> written) {
        Map<ColumnPattern, MaskPolicy.Entry> entries = new LinkedHashMap<>();
        written.forEach((key, value) -> {
            Optional<List<String>> parts = DottedName.parts(key, 3);
            if (parts.isEmpty()) {
                fault(
                        value,
                        key
                                + ": a column is named schema.table.column, * for any characters, quoted as in SQL where needed");
                return;
            }
            ColumnPattern pattern = new ColumnPattern(
                    parts.get().get(0), parts.get().get(1), parts.get().get(2));
            Optional<ColumnDecision> decision = decisions.read(value, key);
            if (entries.containsKey(pattern)) {
                fault(value, key + " is there twice; remove one of them");
            } else {
                decision.ifPresent(it -> entries.put(pattern, new MaskPolicy.Entry(pattern, it)));
            }
        });
        return List.copyOf(entries.values());
    }

    private Map<String, ColumnDecision> byName(Map<String, Written> written, boolean types) {
        Map<String, ColumnDecision> byName = new LinkedHashMap<>();
        written.forEach((key, value) -> {
            String known = types ? TYPES.getOrDefault(key, key) : key;
            Optional<ColumnDecision> decision = decisions.read(value, key);
            if (key.indexOf('*') >= 0) {
                fault(value, key + ": patterns stand under columns only");
            } else if (byName.containsKey(known)) {
                fault(value, key + " is there twice; remove one of them");
            } else {
                decision.ifPresent(it -> byName.put(known, it));
            }
        });
        return byName;
    }

    private List<VirtualKey> virtualKeys(Written written) {
        List<VirtualKey> keys = new ArrayList<>();
        if (written == null || written.isNull()) {
            return keys;
        }
        if (!written.isList()) {
            fault(written, "virtualKeys must be a list, such as [{from: public.event.user_id, to: public.user.id}]");
            return keys;
        }
        for (Written item : written.list()) {
            if (!item.isMap() || !item.map().keySet().equals(Set.of("from", "to"))) {
                fault(item, "a virtual key has from and to, and nothing else");
                continue;
            }
            Optional<Side> from = side(item.map().get("from"));
            Optional<Side> to = side(item.map().get("to"));
            if (from.isEmpty() || to.isEmpty()) {
                continue;
            }
            if (from.get().columns().size() != to.get().columns().size()) {
                fault(item, "from and to of a virtual key name equally many columns");
                continue;
            }
            keys.add(new VirtualKey(
                    from.get().table(),
                    from.get().columns(),
                    to.get().table(),
                    to.get().columns(),
                    item.at()));
        }
        return keys;
    }

    private record Side(TableName table, List<String> columns) {}

    private Optional<Side> side(Written written) {
        List<Written> names = written.isList() ? written.list() : List.of(written);
        List<String> columns = new ArrayList<>();
        TableName table = null;
        for (Written it : names) {
            Optional<List<String>> parts =
                    it.text().indexOf('*') >= 0 ? Optional.empty() : DottedName.parts(it.text(), 3);
            if (parts.isEmpty()) {
                fault(it, "a virtual key names columns as schema.table.column, without *");
                return Optional.empty();
            }
            TableName its = new TableName(parts.get().get(0), parts.get().get(1));
            if (table != null && !table.equals(its)) {
                fault(it, "one side of a virtual key names columns of one table");
                return Optional.empty();
            }
            table = its;
            columns.add(parts.get().get(2));
        }
        if (table == null) {
            fault(written, "a virtual key names at least one column on each side");
            return Optional.empty();
        }
        return Optional.of(new Side(table, columns));
    }

    private MaskPolicy.OnUndecided onUndecided(Written written) {
        if (written == null) {
            return MaskPolicy.OnUndecided.FAIL;
        }
        // An unquoted null is the word.
        return switch (written.isNull() ? "null" : written.text()) {
            case "fail" -> MaskPolicy.OnUndecided.FAIL;
            case "null" -> MaskPolicy.OnUndecided.NULL;
            case "default-masker" -> MaskPolicy.OnUndecided.DEFAULT_MASKER;
            default -> {
                fault(written, "onUndecided must be fail, null or default-masker");
                yield MaskPolicy.OnUndecided.FAIL;
            }
        };
    }

    private MaskPolicy.OnUnproven onUnproven(Written written) {
        if (written == null) {
            return MaskPolicy.OnUnproven.REFUSE;
        }
        return switch (written.text()) {
            case "refuse" -> MaskPolicy.OnUnproven.REFUSE;
            case "warn" -> MaskPolicy.OnUnproven.WARN;
            default -> {
                fault(written, "onUnproven must be refuse or warn");
                yield MaskPolicy.OnUnproven.REFUSE;
            }
        };
    }

    private MaskPolicy.LargeObjects largeObjects(Written written) {
        if (written == null) {
            return MaskPolicy.LargeObjects.UNDECIDED;
        }
        return switch (written.text()) {
            case "keep" -> MaskPolicy.LargeObjects.KEEP;
            case "skip" -> MaskPolicy.LargeObjects.SKIP;
            default -> {
                fault(written, "largeObjects must be keep or skip");
                yield MaskPolicy.LargeObjects.UNDECIDED;
            }
        };
    }

    private void fault(Written written, String sentence) {
        faults.add(written.at() + ": " + sentence);
    }
}
