package dev.caravan.plan;

import static dev.caravan.plan.Masked.column;
import static dev.caravan.plan.Masked.name;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.mask.ColumnMask;
import dev.caravan.schema.ErrorCode;
import java.util.List;

/** A shop whose columns are masked as each test says. */
abstract class MaskedShop {
    final Masked shop = new Masked();

    final ColumnMask mask(String table, String column) {
        return shop.assign().masks().get(name(table)).get(column);
    }

    static String masker(ColumnMask mask) {
        return mask.rules().get(0).masker();
    }

    final void onlyProblem(ErrorCode code, String... words) {
        List<MaskProblem> problems = shop.assign().problems();
        assertEquals(1, problems.size(), problems::toString);
        assertEquals(code, problems.get(0).code());
        String said = problems.get(0).detail() + " " + problems.get(0).hint();
        for (String word : words) {
            assertTrue(said.contains(word), () -> word + " is not in: " + said);
        }
    }
}
