package dev.caravan.plan;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Why a job must not run: all the reasons, so that nobody mends one only to meet the next. Not thread-safe. */
final class Refusals {
    private static final int NAMES_SHOWN = 20;

    private final List<CaravanException> refusals = new ArrayList<>();

    void add(ErrorCode code, String detail, String hint) {
        refusals.add(CaravanException.of(code, detail, hint));
    }

    /** @throws CaravanException the first one, with all of them in its {@code problems} where there are several */
    void throwIfAny() {
        if (refusals.isEmpty()) {
            return;
        }
        CaravanException first = refusals.get(0);
        throw refusals.size() == 1
                ? first
                : first.with(
                        "problems",
                        refusals.stream()
                                .map(refusal ->
                                        refusal.code().code() + ": " + refusal.getMessage() + " " + refusal.hint())
                                .toList());
    }

    /** Names as a sentence lists them, cut where there are too many to read. */
    static String names(List<String> names) {
        String shown = names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
        return names.size() <= NAMES_SHOWN ? shown : shown + " and " + (names.size() - NAMES_SHOWN) + " more";
    }
}
