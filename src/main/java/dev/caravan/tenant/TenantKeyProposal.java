package dev.caravan.tenant;

import dev.caravan.schema.Column;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what probably tells one tenant from another, where the policy does not say it. It is proposed and never assumed. */
final class TenantKeyProposal {
    /** Names that multi-tenant schemas give the column, most used first. */
    private static final List<String> USUAL = List.of(
            "tenant_id",
            "tenantid",
            "organization_id",
            "organisation_id",
            "org_id",
            "workspace_id",
            "account_id",
            "company_id",
            "team_id",
            "site_id",
            "shop_id",
            "customer_id",
            "customerid",
            "client_id",
            "merchant_id");

    private TenantKeyProposal() {}

    static TenantProblem of(Collection<Table> tables, List<Reference> references) {
        List<String> found = new ArrayList<>();
        Optional<String> column = column(tables);
        column.flatMap(name -> root(name, references)).or(() -> column).ifPresent(found::add);
        mostReached(tables, references).filter(it -> !found.contains(it)).ifPresent(found::add);
        return new TenantProblem(
                ErrorCode.TENANT_KEY_MISSING,
                "The request names tenants, and the policy does not say how to tell one from another.",
                found.isEmpty()
                        ? "Set tenantKey in the policy: the tenants' own table and its key, such as public.tenant.id, or"
                                + " the column's name, such as tenant_id."
                        : "It looks like tenantKey: " + String.join(", or tenantKey: ", found)
                                + ". Write the right one into the policy.");
    }

    /** A usual name that at least a third of the tables have. */
    private static Optional<String> column(Collection<Table> tables) {
        Map<String, Integer> counts = new HashMap<>();
        for (Table table : tables) {
            table.columns().stream()
                    .map(Column::name)
                    .filter(USUAL::contains)
                    .forEach(name -> counts.merge(name, 1, Integer::sum));
        }
        return USUAL.stream()
                .filter(name -> counts.getOrDefault(name, 0) * 3 >= tables.size())
                .findFirst();
    }

    /** What most columns of that name reference. */
    private static Optional<String> root(String column, List<Reference> references) {
        Map<String, Integer> counts = new HashMap<>();
        references.stream()
                .filter(reference -> reference.columns().equals(List.of(column)))
                .forEach(reference -> counts.merge(
                        reference.referenced() + "."
                                + reference.referencedColumns().get(0),
                        1,
                        Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
    }

    /** The table from which most others hang, and that itself references nothing. */
    private static Optional<String> mostReached(Collection<Table> tables, List<Reference> references) {
        Map<TableName, Set<TableName>> children = new HashMap<>();
        Map<TableName, String> keys = new HashMap<>();
        for (Reference reference : references) {
            if (!reference.toItself()) {
                children.computeIfAbsent(reference.referenced(), unused -> new HashSet<>())
                        .add(reference.table());
                if (reference.referencedColumns().size() == 1) {
                    keys.putIfAbsent(
                            reference.referenced(),
                            reference.referencedColumns().get(0));
                }
            }
        }
        return keys.keySet().stream()
                .filter(table -> references.stream().noneMatch(it -> it.table().equals(table) && !it.toItself()))
                .max(Comparator.comparingInt((TableName table) -> below(table, children))
                        .thenComparing(Comparator.reverseOrder()))
                .filter(table -> below(table, children) * 2 >= tables.size())
                .map(table -> table + "." + keys.get(table));
    }

    private static int below(TableName table, Map<TableName, Set<TableName>> children) {
        Set<TableName> seen = new HashSet<>();
        List<TableName> open = new ArrayList<>(List.of(table));
        while (!open.isEmpty()) {
            for (TableName child : children.getOrDefault(open.remove(open.size() - 1), Set.of())) {
                if (seen.add(child)) {
                    open.add(child);
                }
            }
        }
        return seen.size();
    }
}
