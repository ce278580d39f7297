package dev.caravan.plan;

import dev.caravan.mask.ColumnDecision;
import dev.caravan.mask.ColumnMask;
import dev.caravan.mask.MaskKey;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.mask.MaskRule;
import dev.caravan.mask.Maskers;
import dev.caravan.mask.RowMask;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which mask every column gets, and what was found wrong or uncertain about it. Whoever uses the masks calls {@link #throwIfAny()} first.
 *
 * @param masks by table and column, for every column that is copied, kept ones too; undecided ones are missing
 * @param decisions the same for people to read, by table and column
 * @param sequencesBeyond sequences that give ids to columns whose ids are permuted: they must end beyond whatever an id can become
 * @param throughRoot partitions whose rows may belong to another one once they are masked, and are routed by their root
 * @param problems why the policy cannot be applied
 * @param warnings what may still go wrong, in sentences
 * @param notes what is done differently because of masks, in sentences
 * @param skipsLargeObjects whether large objects stay behind
 */
public record MaskAssignment(
        Map<TableName, Map<String, ColumnMask>> masks,
        List<Decision> decisions,
        Set<TableName> sequencesBeyond,
        Set<TableName> throughRoot,
        List<MaskProblem> problems,
        List<String> warnings,
        List<String> notes,
        boolean skipsLargeObjects) {
    public MaskAssignment {
        masks = Map.copyOf(masks);
        decisions = List.copyOf(decisions);
        sequencesBeyond = Set.copyOf(sequencesBeyond);
        throughRoot = Set.copyOf(throughRoot);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
    }

    /**
     * What is done with one column.
     *
     * @param table the table
     * @param column the column
     * @param masker the masker's name; several joined by commas where conditions choose
     * @param domain values of one domain are masked alike; absent for a kept column
     * @param reason why it is kept, when it is
     * @param origin where it was decided
     */
    public record Decision(
            TableName table,
            String column,
            String masker,
            Optional<String> domain,
            Optional<String> reason,
            String origin) {
        static Decision of(ColumnName name, ColumnDecision decision, ColumnMask mask) {
            return new Decision(
                    name.table(),
                    name.column(),
                    decision.rules().stream().map(MaskRule::masker).distinct().collect(Collectors.joining(", ")),
                    decision.keeps() ? Optional.empty() : Optional.of(mask.domain()),
                    decision.reason(),
                    decision.origin());
        }
    }

    /** Assigns masks to all columns of a database and proves what can be proved without asking the source. */
    public static MaskAssignment of(Catalog catalog, MaskPolicy policy, Maskers maskers, MaskKey key) {
        return of(catalog, policy, maskers, key, Asking.NOBODY, Set.of());
    }

    /**
     * Assigns masks to all columns of a database and proves what can be proved before a row is read.
     *
     * @param asking evaluates the source's own expressions; it is asked once, for all columns
     * @param withoutRows tables that stay empty: what their constraints say is of no account
     */
    public static MaskAssignment of(
            Catalog catalog,
            MaskPolicy policy,
            Maskers maskers,
            MaskKey key,
            Asking asking,
            Set<TableName> withoutRows) {
        return new Assigning(catalog, policy, maskers, key, asking, withoutRows).assign();
    }

    /** Why a table must travel as text: a masked column's type is only masked in its printed form. */
    Optional<String> reasonForText(TableName table) {
        return masks.getOrDefault(table, Map.of()).values().stream()
                .filter(mask -> !RowMask.binaryCapable(mask))
                .findFirst()
                .map(mask -> "column " + mask.column() + ": values of its type are masked as they are printed");
    }

    /** @throws CaravanException {@code undecided-columns}, {@code mask-not-unique} or {@code mask-refused}, with all problems in {@code errors} */
    public void throwIfAny() {
        MaskProblem.throwIfAny(problems);
    }
}
