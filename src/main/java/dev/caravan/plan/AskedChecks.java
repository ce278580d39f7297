package dev.caravan.plan;

import dev.caravan.mask.ColumnMask;
import dev.caravan.plan.CheckJudge.Verdict;
import dev.caravan.schema.Column;
import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Has the source decide on conditions whose every masked column has a short list of outputs. Not thread-safe. */
final class AskedChecks {
    private final Questions questions;

    AskedChecks(Questions questions) {
        this.questions = questions;
    }

    /** Whether a column's type takes what its mask puts there, as a whole: its domains' checks decide. */
    void type(TableName table, Column column, ColumnMask mask, Consumer<Verdict> then) {
        List<WrittenRow> rows = WrittenRow.cells(column, mask).stream()
                .map(cell -> new WrittenRow(List.of(cell.value()), cell.certain()))
                .toList();
        ask(table, rows, List.of(), "", mask.rules().size() == 1, then);
    }

    /**
     * Whether a condition holds for all rows that masks make.
     *
     * @param read the columns that it reads, generated ones too, and those that they are computed from
     * @param masks by the columns' names; a column that is missing is kept
     */
    void condition(
            TableName table,
            List<Column> read,
            Map<String, ColumnMask> masks,
            String condition,
            Consumer<Verdict> then) {
        List<Column> copied =
                read.stream().filter(column -> !column.generated()).toList();
        List<Question.Computed> computed = new ArrayList<>();
        for (Column column : read) {
            if (column.generated()) {
                Optional<Question.Computed> one = Evaluable.computed(column, copied);
                if (one.isEmpty()) {
                    then.accept(Verdict.UNKNOWN);
                    return;
                }
                computed.add(one.get());
            }
        }
        List<WrittenRow> rows = Evaluable.expression(condition, read) ? WrittenRow.all(copied, masks) : List.of();
        boolean always = copied.stream()
                .allMatch(column -> masks.containsKey(column.name())
                        && masks.get(column.name()).rules().size() == 1);
        // Where several may be NULL it is often in turns: no row need have all of what is written.
        long mayBeNull = copied.stream()
                .map(column -> masks.get(column.name()))
                .filter(mask -> mask != null && Outputs.leavesNull(mask))
                .count();
        ask(table, rows, computed, condition, always && mayBeNull <= 1, then);
    }

    /** @param always whether there are rows for certain that have what the masks write, when no condition keeps it from them */
    private void ask(
            TableName table,
            List<WrittenRow> rows,
            List<Question.Computed> computed,
            String condition,
            boolean always,
            Consumer<Verdict> then) {
        if (rows.isEmpty()) {
            then.accept(Verdict.UNKNOWN);
            return;
        }
        List<Question> asked = rows.stream()
                .map(row -> new Question(table, row.values(), computed, condition))
                .toList();
        questions.ask(asked, answers -> {
            Verdict worst = Verdict.HOLDS;
            for (int i = 0; i < answers.size(); i++) {
                Answer answer = answers.get(i);
                boolean fails = answer == Answer.VIOLATED || answer == Answer.NO_VALUE;
                if (fails && always && rows.get(i).certain()) {
                    worst = Verdict.VIOLATED;
                } else if (answer != Answer.TAKEN && worst == Verdict.HOLDS) {
                    worst = Verdict.UNKNOWN;
                }
            }
            then.accept(worst);
        });
    }
}
