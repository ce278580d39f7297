package dev.caravan.plan;

import dev.caravan.mask.ColumnMask;
import dev.caravan.mask.MaskKey;
import dev.caravan.mask.MaskRefused;
import dev.caravan.mask.MaskRule;
import dev.caravan.mask.Masker;
import dev.caravan.mask.Maskers;
import dev.caravan.mask.RowMask;
import dev.caravan.mask.ValueKind;
import dev.caravan.schema.Column;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Proves that a column's maskers exist, take its values, and can be made ready for it. */
final class MaskProof {
    private static final int SUGGESTED = 6;

    /** Maskers whose texts are content of XML whatever they are given; what is written out is asked about. */
    private static final Set<String> OF_XML = Set.of("null", "fixed", "choice", "default", "token", "lorem");

    private final Maskers maskers;
    private final MaskKey key;
    private final Findings findings;
    private final Questions questions;
    private final Set<TableName> withoutRows;

    /** @param withoutRows tables that stay empty: the source is not asked about what nobody writes there */
    MaskProof(Maskers maskers, MaskKey key, Findings findings, Questions questions, Set<TableName> withoutRows) {
        this.maskers = maskers;
        this.key = key;
        this.findings = findings;
        this.questions = questions;
        this.withoutRows = withoutRows;
    }

    /** @param row the row's columns by name */
    void prove(ColumnName name, ColumnMask mask, Map<String, Column> row) {
        List<String> others = List.copyOf(row.keySet());
        for (MaskRule rule : mask.rules()) {
            rule.when()
                    .filter(condition -> !condition.in().isEmpty() && row.containsKey(condition.column()))
                    .filter(condition ->
                            !RowMask.comparable(row.get(condition.column()).type()))
                    .ifPresent(condition -> refuse(
                            name,
                            "the condition of its mask compares column " + condition.column()
                                    + ", whose type is not read as a text",
                            "Ask only whether it is NULL, or compare another column."));
            rule.when()
                    .filter(condition -> !others.contains(condition.column()))
                    .ifPresent(condition -> refuse(
                            name,
                            "the condition of its mask names a column " + condition.column() + " that the row has not",
                            DidYouMean.sentence(condition.column(), others)));
            Optional<Masker> masker = maskers.find(rule.masker());
            if (masker.isEmpty()) {
                refuse(
                        name,
                        "there is no masker " + rule.masker(),
                        DidYouMean.sentence(
                                rule.masker(),
                                maskers.all().stream().map(Masker::name).toList()));
            } else if (!rule.masker().equals("keep")) {
                fits(name, mask, rule, masker.get(), row);
            }
        }
    }

    private void fits(ColumnName name, ColumnMask mask, MaskRule rule, Masker masker, Map<String, Column> row) {
        ValueKind kind = ValueKind.of(mask.type());
        if (!masker.accepts().contains(kind)) {
            List<String> fitting = maskers.all().stream()
                    .filter(one -> one.accepts().contains(kind))
                    .map(Masker::name)
                    .limit(SUGGESTED)
                    .toList();
            refuse(
                    name,
                    "masker " + masker.name() + " does not take its type "
                            + ValueKind.elementary(mask.type()).name(),
                    "These do: " + String.join(", ", fitting) + ".");
            return;
        }
        if (ValueKind.elementary(mask.type()).name().equals("xml") && !content(rule)) {
            refuse(
                    name,
                    "what masker " + masker.name() + " makes may be no XML",
                    "These are: token without such a prefix, lorem, default, null, fixed, choice.");
            return;
        }
        if (rule.maxLength().isPresent() && kind != ValueKind.TEXT) {
            refuse(name, "maxLength is given for it, and its values are no texts", "Leave maxLength out.");
            return;
        }
        try {
            masker.prepare(rule.settings(), mask.toMasked(rule, key, List.copyOf(row.keySet())));
        } catch (MaskRefused refused) {
            refuse(name, "masker " + masker.name() + " refuses it: " + refused.getMessage(), "");
            return;
        } catch (RuntimeException e) {
            // Not one of ours: its message may quote anything.
            refuse(name, "masker " + masker.name() + " could not be made ready for it", "");
            return;
        }
        if (withoutRows.contains(name.table())) {
            return;
        }
        if (FixedValues.fit(rule, mask)) {
            written(name, rule, row.get(name.column()));
        } else {
            noValue(name, rule);
        }
    }

    private static boolean content(MaskRule rule) {
        String prefix = String.valueOf(rule.settings().values().get("prefix"));
        return OF_XML.contains(rule.masker()) && prefix.indexOf('<') < 0 && prefix.indexOf('&') < 0;
    }

    /** The source knows best what is a value of a type. */
    private void written(ColumnName name, MaskRule rule, Column column) {
        List<Question> asked = Outputs.written(rule).stream()
                .flatMap(text -> Evaluable.value(column, Optional.of(text)).stream())
                .map(value -> new Question(name.table(), List.of(value), List.of(), ""))
                .toList();
        questions.ask(asked, answers -> {
            if (answers.contains(Answer.NO_VALUE)) {
                noValue(name, rule);
            }
        });
    }

    private void noValue(ColumnName name, MaskRule rule) {
        refuse(
                name,
                "what " + rule.masker() + " puts there is no value of its type",
                "Write it as PostgreSQL prints a value of that type and length.");
    }

    private void refuse(ColumnName name, String detail, String hint) {
        findings.refuse(
                ErrorCode.MASK_REFUSED,
                name,
                name + ": " + detail + ".",
                hint.isEmpty() ? "Choose another masker or other settings for it." : hint);
    }
}
