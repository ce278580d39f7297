package dev.caravan.copy;

import dev.caravan.job.CopyRequest;
import dev.caravan.plan.CopyFormat;
import dev.caravan.plan.CopyPlan;
import dev.caravan.plan.ForeignKeyBuild;
import dev.caravan.plan.IndexBuild;
import dev.caravan.plan.LargeObjectBatch;
import dev.caravan.plan.Part;
import dev.caravan.plan.TableFinish;
import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.Index;
import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A plan that is put together table by table. */
final class Plans {
    final List<Part> parts = new ArrayList<>();
    final List<IndexBuild> indexes = new ArrayList<>();
    final List<TableFinish> finishes = new ArrayList<>();
    final List<ForeignKeyBuild> keys = new ArrayList<>();
    final List<LargeObjectBatch> largeObjects = new ArrayList<>();
    final Map<TableName, List<TableName>> loadsAfter = new HashMap<>();

    static TableName name(String name) {
        return new TableName("public", name);
    }

    static Part part(int number, String table, CopyFormat format) {
        return new Part(
                "job",
                number,
                name(table),
                name(table),
                List.of("id"),
                format,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                1);
    }

    Plans table(String table, int partCount, int indexCount) {
        for (int i = 0; i < partCount; i++) {
            parts.add(part(parts.size() + 1, table, CopyFormat.BINARY));
        }
        for (int i = 0; i < indexCount; i++) {
            long oid = indexes.size() + 1;
            Index index = new Index(
                    oid,
                    name("i" + oid),
                    name(table),
                    Optional.empty(),
                    "",
                    1,
                    false,
                    true,
                    false,
                    false,
                    List.of(),
                    Optional.empty());
            indexes.add(new IndexBuild("job", index, false, 1));
        }
        finishes.add(new TableFinish("job", name(table), List.of(), true, 1));
        return this;
    }

    Plans key(String table, String referenced, boolean late) {
        long oid = keys.size() + 1;
        ForeignKey key = new ForeignKey(
                oid, "k" + oid, name(table), List.of("a"), name(referenced), List.of("id"), List.of("="), "", true);
        keys.add(new ForeignKeyBuild("job", key, CopyRequest.OnViolatedKey.NOT_VALID, late, false, 1));
        return this;
    }

    Plans after(String table, String... before) {
        loadsAfter.put(
                name(table), java.util.Arrays.stream(before).map(Plans::name).toList());
        return this;
    }

    CopyPlan plan() {
        return new CopyPlan(
                "job",
                CopyRequest.of("a", "b"),
                2,
                List.of(),
                parts,
                loadsAfter,
                indexes,
                finishes,
                keys,
                largeObjects,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Set.of(),
                0,
                List.of());
    }
}
