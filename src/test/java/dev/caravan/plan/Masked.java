package dev.caravan.plan;

import dev.caravan.mask.ColumnDecision;
import dev.caravan.mask.ColumnPattern;
import dev.caravan.mask.KeepMasker;
import dev.caravan.mask.MaskKey;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.mask.MaskRefused;
import dev.caravan.mask.MaskedColumn;
import dev.caravan.mask.Masker;
import dev.caravan.mask.Maskers;
import dev.caravan.mask.NullMasker;
import dev.caravan.mask.Settings;
import dev.caravan.mask.TenantPolicy;
import dev.caravan.mask.Uniqueness;
import dev.caravan.mask.ValueKind;
import dev.caravan.mask.ValueMask;
import dev.caravan.mask.VirtualKey;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.CheckConstraint;
import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnFacts;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.Index;
import dev.caravan.schema.Partitioning;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import dev.caravan.schema.ValueStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A small database, made by hand, with the policy that masks it. */
final class Masked {
    static final ColumnType INT4 = Samples.base(23, "int4");
    static final ColumnType INT8 = Samples.base(20, "int8");
    static final ColumnType TEXT = Samples.base(25, "text");
    static final ColumnType DATE = Samples.base(1082, "date");
    static final ColumnType CITEXT = new ColumnType(20_000, "public", "citext", ColumnType.Kind.BASE, true, List.of());
    static final ColumnType MOOD = new ColumnType(
            20_001,
            "public",
            "mood",
            ColumnType.Kind.ENUM,
            true,
            List.of(),
            new ColumnType.Rules(List.of("sad", "happy"), false, List.of(), -1));
    static final MaskKey KEY = MaskKey.parse("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    /** A masker of which the tests need only what it says of itself. */
    record Spoken(String name, Set<ValueKind> accepts, Uniqueness uniqueness, int needs) implements Masker {
        @Override
        public String description() {
            return "Speaks.";
        }

        @Override
        public Uniqueness uniqueness(Settings settings) {
            return uniqueness;
        }

        @Override
        public Example example() {
            return Example.of("made up");
        }

        @Override
        public ValueMask prepare(Settings settings, MaskedColumn column) {
            column.needsLength(column.unique() ? needs : 1);
            if (name.equals("broken")) {
                throw new IllegalStateException("a secret");
            }
            if (name.equals("picky")) {
                throw new MaskRefused("the moon is full");
            }
            return (value, output) -> output.append("x");
        }
    }

    private static final Set<ValueKind> ANY = EnumSet.allOf(ValueKind.class);
    static final Maskers MASKERS = Maskers.of(List.of(
            new KeepMasker(),
            new NullMasker(),
            new Spoken("fixed", ANY, Uniqueness.LOST, 1),
            new Spoken("choice", ANY, Uniqueness.LOST, 1),
            new Spoken("broken", ANY, Uniqueness.LOST, 1),
            new Spoken("picky", ANY, Uniqueness.LOST, 1),
            new Spoken("boolean", EnumSet.of(ValueKind.BOOLEAN), Uniqueness.LOST, 1),
            new Spoken("name", EnumSet.of(ValueKind.TEXT), Uniqueness.LOST, 1),
            new Spoken("token", EnumSet.of(ValueKind.TEXT), Uniqueness.KEPT_IN_PRACTICE, 20),
            new Spoken("format-preserving", EnumSet.of(ValueKind.TEXT), Uniqueness.BIJECTIVE, 1),
            new Spoken("enum", EnumSet.of(ValueKind.ENUM), Uniqueness.LOST, 1),
            new Spoken("date-shift", EnumSet.of(ValueKind.DATE), Uniqueness.LOST, 1),
            new Spoken("number-random", EnumSet.of(ValueKind.INTEGER), Uniqueness.LOST, 1),
            new Spoken("integer-id", EnumSet.of(ValueKind.INTEGER, ValueKind.DECIMAL), Uniqueness.BIJECTIVE, 1)));

    final List<Table> tables = new ArrayList<>();
    final List<ForeignKey> keys = new ArrayList<>();
    final List<Index> indexes = new ArrayList<>();
    final List<Index> extensionIndexes = new ArrayList<>();
    final List<dev.caravan.schema.ForeignKey> extensionForeignKeys = new ArrayList<>();
    final List<CheckConstraint> checks = new ArrayList<>();
    final List<ValueStatistics> statistics = new ArrayList<>();
    final List<Partitioning> partitionings = new ArrayList<>();
    final List<Long> largeObjects = new ArrayList<>();
    final List<MaskPolicy.Entry> entries = new ArrayList<>();
    final List<VirtualKey> virtualKeys = new ArrayList<>();
    Map<String, ColumnDecision> byType = Map.of();
    MaskPolicy.OnUndecided onUndecided = MaskPolicy.OnUndecided.FAIL;
    MaskPolicy.OnUnproven onUnproven = MaskPolicy.OnUnproven.REFUSE;
    Asking asking = Asking.NOBODY;
    Set<TableName> withoutRows = Set.of();

    static TableName name(String table) {
        return new TableName("public", table);
    }

    static Column column(String name, ColumnType type) {
        return new Column(name, type, false, false);
    }

    static Column notNull(String name, ColumnType type) {
        return new Column(name, type, true, false);
    }

    static ColumnFacts length(int characters) {
        return new ColumnFacts(
                OptionalInt.of(characters),
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                false,
                false,
                List.of(),
                false);
    }

    /** Of a column under a collation for which upper and lower case are the same. */
    static ColumnFacts nondeterministic() {
        return new ColumnFacts(
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                false,
                false,
                List.of(),
                true);
    }

    /** Of a column as a real catalog has it: with its type in SQL's words, and what it is computed by. */
    static ColumnFacts spelled(String declared, String expression, String... inputs) {
        return new ColumnFacts(
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                false,
                false,
                List.of(inputs),
                false,
                declared,
                Optional.ofNullable(expression));
    }

    /** A column of a type that SQL calls {@code declared}. */
    static Column spelled(String name, ColumnType type, String declared) {
        return new Column(name, type, false, false, spelled(declared, null));
    }

    static ColumnFacts facts(List<TableName> sequences, boolean partitionKey, List<String> inputs) {
        return new ColumnFacts(
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                sequences,
                false,
                partitionKey,
                inputs,
                false);
    }

    Masked table(String name, Column... columns) {
        return table(name, Table.Kind.PLAIN, null, columns);
    }

    Masked table(String name, Table.Kind kind, String partitionOf, Column... columns) {
        tables.add(new Table(
                tables.size() + 1,
                name(name),
                kind,
                List.of(columns),
                1,
                8192,
                -1,
                Optional.ofNullable(partitionOf).map(Masked::name),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                false,
                false));
        return this;
    }

    Masked references(String table, String columns, String referenced, String referencedColumns) {
        keys.add(new ForeignKey(
                keys.size() + 1,
                "k" + keys.size(),
                name(table),
                List.of(columns.split(",")),
                name(referenced),
                List.of(referencedColumns.split(",")),
                Collections.nCopies(columns.split(",").length, "="),
                "",
                true));
        return this;
    }

    Masked unique(String table, String... columns) {
        return index(table, new Index.Demands(true, false, Arrays.asList(columns), false, List.of(), Optional.empty()));
    }

    /** Of rows that are equal in those columns. */
    Masked exclusion(String table, String... columns) {
        return excluding(table, String.join(" WITH =, ", columns) + " WITH =", columns);
    }

    /** @param written the keys with their operators */
    Masked excluding(String table, String written, String... columns) {
        Index.Constraint constraint = new Index.Constraint(
                1, "exclusion", "EXCLUDE USING gist (" + written + ")", Index.Constraint.Kind.EXCLUSION, false);
        return index(
                table,
                Optional.of(constraint),
                "",
                new Index.Demands(true, false, Arrays.asList(columns), false, List.of(), Optional.empty()));
    }

    Masked index(String table, Index.Demands demands) {
        return index(table, Optional.empty(), "", demands);
    }

    /** A unique index on expressions. @param written its keys as pg_get_indexdef prints them, and what follows */
    Masked uniqueBy(String table, String written, String... columns) {
        return index(
                table,
                Optional.empty(),
                "CREATE UNIQUE INDEX \"x USING (\" ON public." + table + " USING btree (" + written,
                new Index.Demands(true, false, Arrays.asList(columns), true, List.of(), Optional.empty()));
    }

    private Masked index(
            String table, Optional<Index.Constraint> constraint, String definition, Index.Demands demands) {
        int number = indexes.size() + 1;
        indexes.add(new Index(
                number,
                name("unique_" + number),
                name(table),
                constraint,
                definition,
                0,
                false,
                true,
                false,
                false,
                List.of(),
                Optional.empty(),
                demands));
        return this;
    }

    Masked check(String table, String definition, String... columns) {
        checks.add(new CheckConstraint(name(table), "check_" + checks.size(), List.of(columns), definition));
        return this;
    }

    /** @param pattern {@code table.column}, each perhaps with {@code *} */
    Masked decide(String pattern, ColumnDecision decision) {
        String[] parts = pattern.split("\\.");
        entries.add(new MaskPolicy.Entry(new ColumnPattern("public", parts[0], parts[1]), decision));
        return this;
    }

    Masked mask(String pattern, String masker) {
        return decide(pattern, ColumnDecision.of(masker, Settings.NONE, "masks.yaml:" + (entries.size() + 1)));
    }

    Masked mask(String pattern, String masker, Map<String, Object> settings) {
        return decide(pattern, ColumnDecision.of(masker, new Settings(settings), "masks.yaml:" + (entries.size() + 1)));
    }

    Masked keep(String pattern) {
        return decide(pattern, ColumnDecision.keep("not personal", "masks.yaml:" + (entries.size() + 1)));
    }

    MaskAssignment assign() {
        Catalog catalog = new Catalog(
                150_000,
                tables,
                keys,
                indexes,
                List.of(),
                List.of(),
                largeObjects,
                checks,
                statistics,
                new dev.caravan.schema.ExtensionKeys(extensionForeignKeys, extensionIndexes),
                partitionings,
                0,
                java.util.Set.of());
        return MaskAssignment.of(
                catalog,
                new MaskPolicy(
                        "test",
                        "",
                        entries,
                        byType,
                        Map.of(),
                        virtualKeys,
                        onUndecided,
                        MaskPolicy.LargeObjects.UNDECIDED,
                        TenantPolicy.NONE,
                        List.of(),
                        onUnproven),
                MASKERS,
                KEY,
                asking,
                withoutRows);
    }

    List<String> problems() {
        return assign().problems().stream().map(MaskProblem::detail).toList();
    }
}
