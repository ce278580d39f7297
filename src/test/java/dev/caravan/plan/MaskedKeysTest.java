package dev.caravan.plan;

import static dev.caravan.plan.Masked.CITEXT;
import static dev.caravan.plan.Masked.INT4;
import static dev.caravan.plan.Masked.INT8;
import static dev.caravan.plan.Masked.TEXT;
import static dev.caravan.plan.Masked.column;
import static dev.caravan.plan.Masked.length;
import static dev.caravan.plan.Masked.name;
import static dev.caravan.plan.Masked.notNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.mask.ColumnDecision;
import dev.caravan.mask.ColumnMask;
import dev.caravan.mask.Condition;
import dev.caravan.mask.MaskRule;
import dev.caravan.mask.Settings;
import dev.caravan.mask.VirtualKey;
import dev.caravan.schema.Column;
import dev.caravan.schema.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Columns that keys connect are masked alike, or not at all. */
class MaskedKeysTest extends MaskedShop {
    @Test
    void keysFollowWhatTheyReference() {
        shop.table("customer", notNull("id", INT4))
                .table("purchase", column("customer_id", INT8), column("again", INT4))
                .table("line", column("customer_id", INT4))
                .references("purchase", "customer_id", "customer", "id")
                .references("line", "customer_id", "purchase", "customer_id")
                .unique("customer", "id");
        shop.virtualKeys.add(
                new VirtualKey(name("purchase"), List.of("again"), name("customer"), List.of("id"), "masks.yaml:9"));
        shop.mask("customer.id", "integer-id");
        shop.assign().throwIfAny();
        for (ColumnMask follower :
                List.of(mask("purchase", "customer_id"), mask("purchase", "again"), mask("line", "customer_id"))) {
            assertEquals("integer-id", masker(follower));
            assertEquals("integer-id", follower.domain());
            assertTrue(follower.unique(), "what is unique at the referenced end decides how values are made at both");
        }
    }

    @Test
    void keysThatComeWithExtensionsAreFollowed() {
        shop.table("setting", notNull("name", TEXT))
                .table("job", column("setting", TEXT))
                .references("job", "setting", "setting", "name")
                .mask("setting.name", "token");
        shop.extensionForeignKeys.addAll(shop.keys);
        shop.keys.clear();
        shop.assign().throwIfAny();
        assertEquals("token", masker(mask("job", "setting")));
    }

    @Test
    void aLimitOfCharactersIsForTextsOnly() {
        shop.table("customer", column("a", INT4), column("b", TEXT));
        for (String name : List.of("a", "b")) {
            MaskRule limited = new MaskRule(
                    Optional.empty(), "fixed", new Settings(Map.of("value", "7")), false, OptionalInt.of(3));
            shop.decide(
                    "customer." + name,
                    new ColumnDecision(List.of(limited), Optional.empty(), Optional.empty(), "here"));
        }
        onlyProblem(ErrorCode.MASK_REFUSED, "public.customer.a", "maxLength");
    }

    @Test
    void compositeAndSelfReferencingKeysAreFollowedPairwise() {
        shop.table("part", notNull("tenant", INT4), notNull("id", INT4), column("above", INT4))
                .references("part", "tenant,above", "part", "tenant,id")
                .keep("part.tenant")
                .mask("part.id", "integer-id");
        shop.assign().throwIfAny();
        assertEquals("integer-id", masker(mask("part", "above")));
        assertTrue(mask("part", "tenant").kept());
    }

    @Test
    void aMemberWithAnotherDecisionIsRefusedWithBothPlaces() {
        shop.table("customer", column("id", INT4))
                .table("purchase", column("customer_id", INT4))
                .references("purchase", "customer_id", "customer", "id")
                .mask("customer.id", "integer-id")
                .keep("purchase.customer_id");
        onlyProblem(ErrorCode.MASK_REFUSED, "masks.yaml:1", "masks.yaml:2", "public.purchase.customer_id");
    }

    @Test
    void aDecisionByTypeGivesWayToAKeyWhateverTheNames() {
        shop.byType = Map.of("int4", ColumnDecision.keep("numbers", "byType"));
        shop.table("customer", column("id", INT4))
                .table("account", column("customer_id", INT4))
                .references("account", "customer_id", "customer", "id")
                .mask("customer.id", "integer-id");
        shop.assign().throwIfAny();
        assertEquals("integer-id", masker(mask("account", "customer_id")));
    }

    @Test
    void theShortestOfConnectedTextsLimitsAll() {
        shop.table("country", new Column("code", TEXT, true, false, length(40)))
                .table("city", new Column("country", TEXT, false, false, length(12)))
                .references("city", "country", "country", "code")
                .mask("country.code", "name");
        assertEquals(OptionalInt.of(12), mask("country", "code").maxLength());
        assertEquals(OptionalInt.of(12), mask("city", "country").maxLength());
    }

    @Test
    void textAndCitextAreNotMaskedAlike() {
        shop.table("country", column("code", CITEXT))
                .table("city", column("country", TEXT))
                .references("city", "country", "country", "code")
                .mask("country.code", "token");
        onlyProblem(ErrorCode.MASK_REFUSED, "citext", "public.city.country text");
        shop.entries.clear();
        shop.keep("country.code").assign().throwIfAny();
    }

    @Test
    void aKeyWhoseCollationHoldsDifferentTextsForEqualIsNotMasked() {
        shop.table("country", new Column("code", TEXT, true, false, Masked.nondeterministic()))
                .table("city", column("country", TEXT))
                .references("city", "country", "country", "code")
                .mask("country.code", "token");
        onlyProblem(ErrorCode.MASK_REFUSED, "public.country.code", "collation");
        shop.entries.clear();
        shop.keep("country.code").assign().throwIfAny();
    }

    @Test
    void aConditionDoesNotSpanAKey() {
        MaskRule when = new MaskRule(
                Optional.of(new Condition("kind", List.of("a"), false, false)),
                "keep",
                Settings.NONE,
                false,
                OptionalInt.empty());
        shop.table("t", column("a", TEXT), column("kind", TEXT))
                .table("u", column("t_a", TEXT), column("kind", TEXT))
                .keep("*.kind")
                .decide(
                        "t.a",
                        new ColumnDecision(
                                List.of(when, MaskRule.of("token", Settings.NONE)),
                                Optional.empty(),
                                Optional.empty(),
                                "here"));
        shop.virtualKeys.add(new VirtualKey(name("u"), List.of("t_a"), name("t"), List.of("a"), "masks.yaml:9"));
        onlyProblem(ErrorCode.MASK_REFUSED, "depends on a condition");
    }

    @Test
    void aVirtualKeyNamesColumnsThatAreThere() {
        shop.table("t", column("a", TEXT)).keep("t.a");
        shop.virtualKeys.add(new VirtualKey(name("t"), List.of("b"), name("t"), List.of("a"), "masks.yaml:9"));
        onlyProblem(ErrorCode.MASK_REFUSED, "public.t.b", "masks.yaml:9", "Did you mean public.t.a?");
    }
}
