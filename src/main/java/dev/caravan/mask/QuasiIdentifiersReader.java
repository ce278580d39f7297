package dev.caravan.mask;

import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads {@code quasiIdentifiers} of a policy: {@code public.customer: {columns: [postcode, born], minimum: 5}}. */
final class QuasiIdentifiersReader {
    private static final int MOST = 1_000_000;

    private final List<String> faults;

    QuasiIdentifiersReader(List<String> faults) {
        this.faults = faults;
    }

    /** @param section null when there is none */
    List<QuasiIdentifiers> read(Written section) {
        List<QuasiIdentifiers> all = new ArrayList<>();
        if (section == null || section.isNull()) {
            return all;
        }
        if (!section.isMap()) {
            faults.add(
                    section.at()
                            + ": quasiIdentifiers maps tables to columns, as in public.customer: {columns: [postcode, born], minimum: 5}");
            return all;
        }
        section.map().forEach((table, written) -> one(table, written).ifPresent(all::add));
        return all;
    }

    private Optional<QuasiIdentifiers> one(String table, Written written) {
        if (!written.isMap()
                || !Set.of("columns", "minimum").containsAll(written.map().keySet())
                || !written.map().containsKey("columns")
                || !written.map().get("columns").isList()
                || written.map().get("columns").list().isEmpty()) {
            faults.add(written.at() + ": " + table
                    + " has a list of columns and perhaps a minimum, as in {columns: [postcode, born], minimum: 5}");
            return Optional.empty();
        }
        OptionalInt minimum = OptionalInt.empty();
        Written least = written.map().get("minimum");
        if (least != null) {
            if (!(least.value() instanceof Long number) || number < 2 || number > MOST) {
                faults.add(least.at() + ": minimum is a whole number from 2 on; leave it out to measure only");
                return Optional.empty();
            }
            minimum = OptionalInt.of(number.intValue());
        }
        try {
            return Optional.of(new QuasiIdentifiers(
                    TableName.parse(table),
                    written.map().get("columns").list().stream()
                            .map(Written::text)
                            .toList(),
                    minimum,
                    written.at()));
        } catch (IllegalArgumentException e) {
            faults.add(written.at() + ": " + table + ": " + e.getMessage());
            return Optional.empty();
        }
    }
}
