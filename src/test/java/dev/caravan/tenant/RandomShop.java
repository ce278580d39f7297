package dev.caravan.tenant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A random small database: tables with and without a tenant column, keys between them in any direction, circles, composite keys, keys
 * to unique columns, a partitioned table, virtual keys, and rows. The same seed gives the same database.
 */
public final class RandomShop {
    private static final int TENANTS = 4;

    /** A key of a table: its columns, and the columns of another that they name. */
    public record Key(
            int number,
            int table,
            List<String> columns,
            int referenced,
            List<String> referencedColumns,
            boolean virtual) {
        public String name() {
            return "k" + number;
        }
    }

    /** A table; rows are values in the order of the columns, as texts, or null. */
    public record Table(
            String name,
            String idType,
            boolean tenantColumn,
            boolean partitioned,
            List<String> columns,
            List<String> types,
            List<String[]> rows) {
        public int place(String column) {
            return columns.indexOf(column);
        }
    }

    private final Random random;
    public final List<Table> tables = new ArrayList<>();
    public final List<Key> keys = new ArrayList<>();
    public final String tenantType;
    public final List<String> tenants = new ArrayList<>();
    /** Whether the tenants have a table of their own, the first one. */
    public final boolean root;
    /** Whether the policy names the tenant column. */
    public final boolean columnNamed;

    public final List<String> chosen = new ArrayList<>();
    public final List<Integer> shared = new ArrayList<>();
    public final String crossTenant;
    /** Conditions on rows, by table: those whose grp is not this number are meant. */
    public final Map<Integer, Integer> conditions = new TreeMap<>();
    /** Whether all tenants are asked for, so that conditions alone choose. */
    public final boolean allTenants;

    public RandomShop(long seed) {
        random = new Random(seed);
        tenantType = pick("int", "bigint", "text", "uuid");
        for (int i = 1; i <= TENANTS; i++) {
            tenants.add(value(tenantType, i));
        }
        root = random.nextInt(3) > 0;
        columnNamed = !root || random.nextBoolean();
        crossTenant = pick("fail", "include", "include", "nullify", "nullify");
        chosen.add(tenants.get(0));
        if (random.nextBoolean()) {
            chosen.add(tenants.get(1));
        }
        int count = 3 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            table(i);
        }
        int keyCount = count + random.nextInt(2 * count);
        for (int i = 0; i < keyCount; i++) {
            key(random.nextInt(count), random.nextInt(count));
        }
        tables.forEach(this::rows);
        keys.forEach(this::references);
        for (int i = root ? 1 : 0; i < count; i++) {
            if (!tables.get(i).tenantColumn() && referencesRoot(i).isEmpty() && random.nextInt(6) == 0) {
                shared.add(i);
            }
        }
        boolean conditioned = random.nextInt(3) == 0;
        allTenants = conditioned && random.nextBoolean();
        for (int i = 0; conditioned && i < count; i++) {
            if (random.nextInt(3) == 0 && !shared.contains(i) && (allTenants || tellsItself(i))) {
                conditions.put(i, random.nextInt(3));
            }
        }
    }

    /** With tenants, only rows that surely belong to some have conditions. */
    private boolean tellsItself(int table) {
        return root && table == 0 || columnNamed && tables.get(table).tenantColumn();
    }

    private Optional<Key> referencesRoot(int table) {
        return keys.stream()
                .filter(key -> root
                        && key.table() == table
                        && key.referenced() == 0
                        && key.referencedColumns().equals(List.of("id")))
                .findFirst();
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static String value(String type, int number) {
        return switch (type) {
            case "uuid" -> new UUID(0x4000, 0x8000000000000000L | number).toString();
            case "text" -> "k'" + number;
            default -> Integer.toString(number);
        };
    }

    private void table(int number) {
        boolean isRoot = root && number == 0;
        String type = isRoot ? tenantType : pick("int", "bigint", "text", "uuid");
        boolean tenant = !isRoot && (random.nextInt(5) < 2 || !root && number == 0);
        List<String> columns = new ArrayList<>(List.of("id", "code", "grp"));
        List<String> types = new ArrayList<>(List.of(type, "int", "int"));
        if (tenant) {
            columns.add("tenant_id");
            types.add(tenantType);
        }
        tables.add(new Table(
                "t" + number, type, tenant, !isRoot && random.nextInt(6) == 0, columns, types, new ArrayList<>()));
    }

    private void key(int from, int to) {
        Table referenced = tables.get(to);
        int number = keys.size();
        boolean virtual = random.nextInt(5) == 0;
        List<String> referencedColumns =
                switch (random.nextInt(5)) {
                    case 0 -> referenced.partitioned() ? List.of("id") : List.of("code");
                    case 1 -> referenced.partitioned() ? List.of("id") : List.of("id", "grp");
                    default -> List.of("id");
                };
        List<String> columns = new ArrayList<>();
        for (String name : referencedColumns) {
            String column = "f" + number + "_" + name;
            tables.get(from).columns().add(column);
            tables.get(from).types().add(referenced.types().get(referenced.place(name)));
            columns.add(column);
        }
        keys.add(new Key(number, from, columns, to, referencedColumns, virtual));
    }

    private void rows(Table table) {
        boolean isRoot = root && table == tables.get(0);
        int count = isRoot ? TENANTS : 3 + random.nextInt(12);
        for (int i = 1; i <= count; i++) {
            String[] row = new String[table.columns().size()];
            row[0] = isRoot ? tenants.get(i - 1) : value(table.idType(), i);
            row[1] = Integer.toString(1000 + i);
            row[2] = Integer.toString(i % 3);
            if (table.tenantColumn()) {
                row[3] = random.nextInt(6) == 0 ? null : tenants.get(random.nextInt(TENANTS));
            }
            table.rows().add(row);
        }
    }

    private void references(Key key) {
        Table table = tables.get(key.table());
        Table referenced = tables.get(key.referenced());
        for (String[] row : table.rows()) {
            if (random.nextInt(5) < 2) {
                continue;
            }
            String[] other =
                    referenced.rows().get(random.nextInt(referenced.rows().size()));
            for (int i = 0; i < key.columns().size(); i++) {
                row[table.place(key.columns().get(i))] =
                        other[referenced.place(key.referencedColumns().get(i))];
            }
        }
    }

    /** Makes the database in a schema of its own. */
    public String sql(String schema) {
        StringBuilder sql = new StringBuilder("CREATE SCHEMA " + schema + ";\nSET search_path = " + schema + ";\n");
        for (Table table : tables) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < table.columns().size(); i++) {
                lines.add(table.columns().get(i) + " " + table.types().get(i));
            }
            lines.add("PRIMARY KEY (id)");
            if (!table.partitioned()) {
                lines.add("UNIQUE (code)");
                lines.add("UNIQUE (id, grp)");
            }
            sql.append("CREATE TABLE " + table.name() + " (" + String.join(", ", lines) + ")");
            if (table.partitioned()) {
                sql.append(" PARTITION BY HASH (id);\n");
                for (int i = 0; i < 2; i++) {
                    sql.append("CREATE TABLE " + table.name() + "_" + i + " PARTITION OF " + table.name()
                            + " FOR VALUES WITH (MODULUS 2, REMAINDER " + i + ")");
                    sql.append(i == 0 ? ";\n" : "");
                }
            }
            sql.append(";\n");
            for (String[] row : table.rows()) {
                List<String> values = new ArrayList<>();
                for (String value : row) {
                    values.add(value == null ? "NULL" : "'" + value.replace("'", "''") + "'");
                }
                sql.append("INSERT INTO " + table.name() + " VALUES (" + String.join(", ", values) + ");\n");
            }
        }
        for (Key key : keys) {
            if (!key.virtual()) {
                sql.append("ALTER TABLE " + tables.get(key.table()).name() + " ADD CONSTRAINT " + key.name()
                        + " FOREIGN KEY (" + String.join(", ", key.columns()) + ") REFERENCES "
                        + tables.get(key.referenced()).name() + " (" + String.join(", ", key.referencedColumns())
                        + ");\n");
            }
        }
        return sql.toString();
    }
}
