package dev.caravan.tenant;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Says which rows of a small database belong to the chosen tenants and what these need, by going over all rows again and again until
 * nothing changes: as plainly as the rules are told, and with nothing of the service's own code.
 */
public final class Oracle {
    private final RandomShop shop;
    private final List<List<Set<String>>> owners = new ArrayList<>();
    private final Set<Row> belonging = new HashSet<>();
    private final Set<Row> taken = new LinkedHashSet<>();
    private final Set<Row> included = new HashSet<>();
    private final List<Emptied> emptied = new ArrayList<>();
    private boolean refused;

    private record Row(int table, int place) {}

    private record Emptied(Row row, String column) {}

    public Oracle(RandomShop shop) {
        this.shop = shop;
        own();
        if (shop.allTenants) {
            keep();
        } else {
            belong();
        }
        take();
    }

    /** Whether a job must stop: a chosen row references another tenant's, and that is neither allowed nor can it be emptied. */
    public boolean refused() {
        return refused;
    }

    /** The rows that are taken of a table, each with its emptied columns, in COPY's text form. */
    public List<String> expected(int table) {
        List<String> lines = new ArrayList<>();
        for (Row row : taken) {
            if (row.table() == table) {
                List<String> fields = new ArrayList<>();
                RandomShop.Table of = shop.tables.get(table);
                for (int i = 0; i < of.columns().size(); i++) {
                    String value = of.rows().get(row.place())[i];
                    fields.add(
                            value == null
                                            || emptied.contains(new Emptied(
                                                    row, of.columns().get(i)))
                                    ? "\\N"
                                    : value);
                }
                lines.add(String.join("\t", fields));
            }
        }
        lines.sort(null);
        return lines;
    }

    public int rowsTaken() {
        return taken.size();
    }

    public int rowsIncluded() {
        return included.size();
    }

    public int rowsEmptied() {
        return emptied.size();
    }

    private List<String> tenantColumns(int table) {
        RandomShop.Table of = shop.tables.get(table);
        if (shop.root && table == 0) {
            return List.of("id");
        }
        if (of.tenantColumn() && shop.columnNamed) {
            return List.of("tenant_id");
        }
        List<String> columns = new ArrayList<>();
        for (RandomShop.Key key : shop.keys) {
            if (shop.root
                    && key.table() == table
                    && key.referenced() == 0
                    && key.referencedColumns().equals(List.of("id"))) {
                columns.add(key.columns().get(0));
            }
        }
        return columns;
    }

    private void own() {
        for (int t = 0; t < shop.tables.size(); t++) {
            List<Set<String>> rows = new ArrayList<>();
            for (String[] row : shop.tables.get(t).rows()) {
                Set<String> owner = new HashSet<>();
                if (!shop.shared.contains(t)) {
                    for (String column : tenantColumns(t)) {
                        String value = row[shop.tables.get(t).place(column)];
                        if (value != null) {
                            owner.add(value);
                        }
                    }
                }
                rows.add(owner);
            }
            owners.add(rows);
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int t = 0; t < shop.tables.size(); t++) {
                if (!tenantColumns(t).isEmpty() || shop.shared.contains(t)) {
                    continue;
                }
                for (int r = 0; r < shop.tables.get(t).rows().size(); r++) {
                    for (RandomShop.Key key : shop.keys) {
                        Optional<Row> other = referenced(new Row(t, r), key);
                        if (other.isPresent()) {
                            changed |= owners.get(t).get(r).addAll(owner(other.get()));
                        }
                    }
                }
            }
        }
    }

    private Set<String> owner(Row row) {
        return owners.get(row.table()).get(row.place());
    }

    private Optional<Row> referenced(Row row, RandomShop.Key key) {
        if (key.table() != row.table()) {
            return Optional.empty();
        }
        RandomShop.Table from = shop.tables.get(key.table());
        RandomShop.Table to = shop.tables.get(key.referenced());
        for (int r = 0; r < to.rows().size(); r++) {
            boolean equal = true;
            for (int i = 0; i < key.columns().size(); i++) {
                String value =
                        from.rows().get(row.place())[from.place(key.columns().get(i))];
                equal &= value != null
                        && Objects.equals(
                                value,
                                to.rows()
                                        .get(r)[to.place(key.referencedColumns().get(i))]);
            }
            if (equal) {
                return Optional.of(new Row(key.referenced(), r));
            }
        }
        return Optional.empty();
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int t = 0; t < shop.tables.size(); t++) {
            for (int r = 0; r < shop.tables.get(t).rows().size(); r++) {
                rows.add(new Row(t, r));
            }
        }
        return rows;
    }

    /** Whether a condition on its table, if there is one, is met. */
    private boolean meant(Row row) {
        Integer out = shop.conditions.get(row.table());
        RandomShop.Table table = shop.tables.get(row.table());
        return out == null || !out.toString().equals(table.rows().get(row.place())[table.place("grp")]);
    }

    /** Rows of the chosen tenants that are meant, and what belongs over such. */
    private void belong() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Row row : rows()) {
                if (shop.shared.contains(row.table()) || !meant(row)) {
                    continue;
                }
                boolean belongs = tenantColumns(row.table()).isEmpty()
                        ? shop.keys.stream()
                                .map(key -> referenced(row, key))
                                .anyMatch(other -> other.isPresent() && belonging.contains(other.get()))
                        : owner(row).stream().anyMatch(shop.chosen::contains);
                changed |= belongs && belonging.add(row);
            }
        }
    }

    /** Of all tenants: rows that are meant, and all but those that reach rows not meant and none that is. */
    private void keep() {
        for (Row row : rows()) {
            Set<Row> ends = new HashSet<>();
            reach(row, new HashSet<>(), ends);
            if (ends.isEmpty() || ends.stream().anyMatch(this::meant)) {
                belonging.add(row);
            }
        }
    }

    private void reach(Row row, Set<Row> seen, Set<Row> ends) {
        if (shop.shared.contains(row.table()) || !seen.add(row)) {
            return;
        }
        if (shop.conditions.containsKey(row.table())) {
            ends.add(row);
            return;
        }
        shop.keys.forEach(key -> referenced(row, key).ifPresent(other -> reach(other, seen, ends)));
    }

    private void take() {
        List<Row> open = new ArrayList<>();
        for (Row row : rows()) {
            if (belonging.contains(row) || shop.shared.contains(row.table())) {
                taken.add(row);
                open.add(row);
            }
        }
        while (!open.isEmpty()) {
            Row row = open.remove(open.size() - 1);
            for (RandomShop.Key key : shop.keys) {
                Optional<Row> other = referenced(row, key);
                if (other.isEmpty() || taken.contains(other.get()) && !included.contains(other.get())) {
                    continue;
                }
                boolean others = !shop.allTenants
                        && !owner(other.get()).isEmpty()
                        && owner(other.get()).stream().noneMatch(shop.chosen::contains);
                if (!others) {
                    taken.add(other.get());
                    open.add(other.get());
                } else if (shop.crossTenant.equals("fail")) {
                    refused = true;
                } else if (shop.crossTenant.equals("include")) {
                    included.add(other.get());
                    if (taken.add(other.get())) {
                        open.add(other.get());
                    }
                } else {
                    empty(row, key);
                }
            }
        }
    }

    private void empty(Row row, RandomShop.Key key) {
        List<String> possible = new ArrayList<>(key.columns());
        possible.removeAll(tenantColumns(row.table()));
        if (possible.size() == 1) {
            emptied.add(new Emptied(row, possible.get(0)));
        } else {
            refused = true;
        }
    }
}
