package dev.caravan.plan;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why a policy cannot be applied to a database; found before anything is written.
 *
 * @param code what kind of problem it is
 * @param table the table, when it is about one
 * @param column the column, when it is about one
 * @param detail what does not go together, with the names of objects; never a value
 * @param hint what to do about it
 */
public record MaskProblem(
        ErrorCode code, Optional<TableName> table, Optional<String> column, String detail, String hint) {
    private static final int NAMED = 5;

    static MaskProblem of(ErrorCode code, ColumnName column, String detail, String hint) {
        return new MaskProblem(code, Optional.of(column.table()), Optional.of(column.column()), detail, hint);
    }

    static MaskProblem of(ErrorCode code, String detail, String hint) {
        return new MaskProblem(code, Optional.empty(), Optional.empty(), detail, hint);
    }

    /**
     * Throws all of them as one error whose attribute {@code errors} lists them.
     *
     * @throws CaravanException {@code undecided-columns} or {@code mask-not-unique} when all problems are that, else {@code mask-refused}
     */
    public static void throwIfAny(List<MaskProblem> problems) {
        if (problems.isEmpty()) {
            return;
        }
        ErrorCode code = problems.get(0).code();
        boolean alike = problems.stream().allMatch(problem -> problem.code() == code);
        List<String> named =
                problems.stream().limit(NAMED).map(MaskProblem::place).toList();
        String more = problems.size() > NAMED ? " and " + (problems.size() - NAMED) + " more" : "";
        throw CaravanException.of(
                        alike ? code : ErrorCode.MASK_REFUSED,
                        (problems.size() == 1 ? "1 problem" : problems.size() + " problems") + " with the masks: "
                                + String.join(", ", named) + more + ". "
                                + problems.get(0).detail(),
                        problems.get(0).hint())
                .with("errors", problems.stream().map(MaskProblem::members).toList());
    }

    private String place() {
        return table.map(name ->
                        column.map(one -> new ColumnName(name, one).toString()).orElse(name.toString()))
                .orElse("the policy");
    }

    private Map<String, String> members() {
        Map<String, String> members = new LinkedHashMap<>();
        table.ifPresent(name -> members.put("table", name.toString()));
        column.ifPresent(name -> members.put("column", name));
        members.put("code", code.code());
        members.put("detail", detail);
        members.put("hint", hint);
        return members;
    }
}
