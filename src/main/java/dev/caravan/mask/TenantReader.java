package dev.caravan.mask;

import dev.caravan.schema.TableName;
import dev.caravan.schema.TablePattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads what a policy says of tenants: {@code tenantKey}, {@code shared}, {@code follow}, {@code where}, {@code nullify}. */
final class TenantReader {
    static final Set<String> KEYS = Set.of("tenantKey", "shared", "follow", "where", "nullify");

    private final List<String> faults;

    TenantReader(List<String> faults) {
        this.faults = faults;
    }

    /** @param policy the policy's map, other keys in it are somebody else's */
    TenantPolicy read(Map<String, Written> policy) {
        Key key = Optional.ofNullable(policy.get("tenantKey")).map(this::key).orElse(Key.NONE);
        return new TenantPolicy(
                key.root(),
                key.column(),
                list(policy.get("shared"), "shared", TablePattern::parse),
                list(policy.get("follow"), "follow", TableName::parse),
                where(policy.get("where")),
                list(policy.get("nullify"), "nullify", TenantReader::column),
                key.origin());
    }

    private record Key(Optional<TenantPolicy.Root> root, Optional<String> column, String origin) {
        static final Key NONE = new Key(Optional.empty(), Optional.empty(), "");
    }

    /** {@code public.tenant.id}, {@code tenant_id}, or {@code {root: public.tenant.id, column: tenant_id}}. */
    private Key key(Written written) {
        if (written.isMap()
                && Set.of("root", "column").containsAll(written.map().keySet())) {
            Optional<TenantPolicy.Root> root =
                    Optional.ofNullable(written.map().get("root")).flatMap(this::root);
            Optional<String> column =
                    Optional.ofNullable(written.map().get("column")).flatMap(this::name);
            return new Key(root, column, written.at());
        }
        if (!written.isScalar() || written.isNull()) {
            fault(
                    written,
                    "tenantKey is a root's column such as public.tenant.id, the name of a column such as"
                            + " tenant_id, or {root: public.tenant.id, column: tenant_id}");
            return Key.NONE;
        }
        return written.text().indexOf('.') < 0
                ? new Key(Optional.empty(), name(written), written.at())
                : new Key(root(written), Optional.empty(), written.at());
    }

    private Optional<TenantPolicy.Root> root(Written written) {
        try {
            return Optional.of(column(written.text()));
        } catch (IllegalArgumentException e) {
            fault(written, "the tenants' root is named schema.table.column, quoted as in SQL where needed");
            return Optional.empty();
        }
    }

    private Optional<String> name(Written written) {
        Optional<List<String>> parts =
                written.text().indexOf('*') >= 0 ? Optional.empty() : DottedName.parts(written.text(), 1);
        if (parts.isEmpty()) {
            fault(written, "a tenant column is one column's name, without * and without its table");
        }
        return parts.map(one -> one.get(0));
    }

    private static TenantPolicy.Root column(String text) {
        if (text.indexOf('*') < 0) {
            Optional<List<String>> three = DottedName.parts(text, 3);
            if (three.isPresent()) {
                List<String> parts = three.get();
                return new TenantPolicy.Root(Optional.of(parts.get(0)), parts.get(1), parts.get(2));
            }
            Optional<List<String>> two = DottedName.parts(text, 2);
            if (two.isPresent()) {
                return new TenantPolicy.Root(
                        Optional.empty(), two.get().get(0), two.get().get(1));
            }
        }
        throw new IllegalArgumentException("a column is named schema.table.column");
    }

    private <T> List<T> list(Written written, String key, Function<String, T> parse) {
        List<T> read = new ArrayList<>();
        if (written == null || written.isNull()) {
            return read;
        }
        if (!written.isList()) {
            fault(written, key + " must be a list of names");
            return read;
        }
        for (Written item : written.list()) {
            try {
                read.add(parse.apply(item.text()));
            } catch (IllegalArgumentException e) {
                fault(item, key + ": " + e.getMessage());
            }
        }
        return read;
    }

    private Map<TableName, String> where(Written written) {
        Map<TableName, String> conditions = new LinkedHashMap<>();
        if (written == null || written.isNull()) {
            return conditions;
        }
        if (!written.isMap()) {
            fault(written, "where must map tables to conditions in SQL");
            return conditions;
        }
        written.map().forEach((table, condition) -> {
            try {
                if (!condition.isScalar()
                        || condition.isNull()
                        || condition.text().isBlank()) {
                    fault(
                            condition,
                            "where: " + table
                                    + ": is a condition in SQL, such as created_at > now() - interval '90 days'");
                } else {
                    conditions.put(TableName.parse(table), condition.text());
                }
            } catch (IllegalArgumentException e) {
                fault(condition, "where: " + e.getMessage());
            }
        });
        return conditions;
    }

    private void fault(Written written, String sentence) {
        faults.add(written.at() + ": " + sentence);
    }
}
