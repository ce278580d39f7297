package dev.caravan.plan;

import dev.caravan.mask.MaskPolicy;
import dev.caravan.schema.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Gathers what is found about masks while they are assigned, so that all of it is told at once. Not thread-safe. */
final class Findings {
    private final MaskPolicy.OnUnproven onUnproven;
    private final List<MaskProblem> problems = new ArrayList<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    Findings(MaskPolicy.OnUnproven onUnproven) {
        this.onUnproven = onUnproven;
    }

    /** Tells what may go wrong and nobody can exclude: the policy says whether that is a problem or a warning. */
    void unproven(ErrorCode code, ColumnName column, String detail, String hint) {
        if (onUnproven == MaskPolicy.OnUnproven.WARN) {
            warn(detail);
        } else {
            refuse(code, column, detail, hint + " With onUnproven: warn the policy takes the chance.");
        }
    }

    void refuse(ErrorCode code, ColumnName column, String detail, String hint) {
        problems.add(MaskProblem.of(code, column, detail, hint));
    }

    void refuse(ErrorCode code, String detail, String hint) {
        problems.add(MaskProblem.of(code, detail, hint));
    }

    void warn(String warning) {
        warnings.add(warning);
    }

    List<MaskProblem> problems() {
        return List.copyOf(problems);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }
}
