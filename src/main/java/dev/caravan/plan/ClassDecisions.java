package dev.caravan.plan;

import dev.caravan.mask.ColumnDecision;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.mask.ValueKind;
import dev.caravan.plan.KeyClasses.KeyClass;
import dev.caravan.schema.Column;
import dev.caravan.schema.ErrorCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides on every column: keys follow what they reference, and what nobody decided on is refused or gets what the policy says. */
final class ClassDecisions {
    private final Map<ColumnName, Column> columns;
    private final OwnDecisions own;
    private final MaskPolicy policy;
    private final DefaultDecision defaults;
    private final UniqueColumns unique;
    private final Findings findings;
    private final Map<ColumnName, Optional<ColumnDecision>> asked = new HashMap<>();
    private final Map<ColumnName, ColumnDecision> decisions = new HashMap<>();

    ClassDecisions(
            Map<ColumnName, Column> columns,
            OwnDecisions own,
            MaskPolicy policy,
            DefaultDecision defaults,
            UniqueColumns unique,
            Findings findings) {
        this.columns = columns;
        this.own = own;
        this.policy = policy;
        this.defaults = defaults;
        this.unique = unique;
        this.findings = findings;
    }

    /** By column; an undecided one is missing, and was refused. */
    Map<ColumnName, ColumnDecision> of(List<KeyClass> classes) {
        for (KeyClass one : classes) {
            if (one.keyed()) {
                together(one);
            } else {
                apart(one);
            }
        }
        return decisions;
    }

    /** Partitions without keys: one that is named may differ, as long as no unique index spans them. */
    private void apart(KeyClass one) {
        boolean unequal = one.members().stream().anyMatch(unique::mentions);
        if (unequal && one.members().size() > 1) {
            together(one);
            return;
        }
        List<ColumnName> undecided =
                one.members().stream().filter(member -> own(member).isEmpty()).toList();
        one.members().forEach(member -> own(member).ifPresent(decision -> decisions.put(member, decision)));
        if (!undecided.isEmpty()) {
            fallBack(undecided, undecided.get(0));
        }
    }

    private void together(KeyClass one) {
        Optional<ColumnName> root =
                one.roots().stream().filter(member -> own(member).isPresent()).findFirst();
        if (root.isEmpty()) {
            fallBack(one.members(), one.roots().get(0));
            return;
        }
        ColumnDecision chosen = own(root.get()).orElseThrow();
        if (one.keyed() && chosen.rules().size() > 1 && one.members().stream().noneMatch(unique::mentions)) {
            findings.refuse(
                    ErrorCode.MASK_REFUSED,
                    root.get(),
                    root.get() + " is connected to other columns by keys, and its mask depends on a condition that may"
                            + " not hold for their rows.",
                    "Give it one masker for all rows.");
        }
        for (ColumnName member : one.members()) {
            decisions.put(member, chosen);
            own(member)
                    .filter(other -> own.deliberate(member) && !alike(chosen, other))
                    .ifPresent(other -> findings.refuse(
                            ErrorCode.MASK_REFUSED,
                            member,
                            member + " (" + other.origin() + ") is masked unlike " + root.get() + " (" + chosen.origin()
                                    + "), to which keys connect it.",
                            "Leave out the decision on " + member + ": it follows " + root.get() + "."));
        }
    }

    private static boolean alike(ColumnDecision one, ColumnDecision other) {
        return one.rules().equals(other.rules()) && one.domain().equals(other.domain());
    }

    private Optional<ColumnDecision> own(ColumnName member) {
        return asked.computeIfAbsent(member, name -> own.of(name, columns.get(name)));
    }

    /** Nothing decides: what the policy says of such columns. */
    private void fallBack(List<ColumnName> members, ColumnName named) {
        Optional<ColumnDecision> fallback =
                switch (policy.onUndecided()) {
                    case FAIL -> Optional.empty();
                    case NULL -> defaults.empty(facts(members));
                    case DEFAULT_MASKER ->
                        defaults.masker(facts(members), members.stream().anyMatch(unique::mentions));
                };
        if (fallback.isPresent()) {
            members.forEach(member -> decisions.put(member, fallback.get()));
            return;
        }
        Set<ValueKind> kinds = members.stream()
                .map(member -> ValueKind.of(columns.get(member).type()))
                .collect(Collectors.toSet());
        findings.refuse(
                ErrorCode.UNDECIDED_COLUMNS,
                named,
                "Nothing decides on " + named + (members.size() > 1 ? " and the columns that follow it" : "")
                        + (policy.onUndecided() == MaskPolicy.OnUndecided.FAIL
                                ? "."
                                : ", and neither NULL nor a default masker does for it."),
                "Give it a masker, such as "
                        + defaults.suggestion(kinds.iterator().next()) + ", or keep it with a reason.");
    }

    private List<Column> facts(List<ColumnName> members) {
        return members.stream().map(columns::get).toList();
    }
}
