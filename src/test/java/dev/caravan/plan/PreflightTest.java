package dev.caravan.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.job.CopyRequest;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PreflightTest {
    private static final List<String> NONE = List.of();

    private static SourceFacts source(
            int version,
            List<String> unreadable,
            Set<String> extensions,
            List<String> foreign,
            int free,
            long capacity) {
        return new SourceFacts(
                "1",
                2,
                "shop",
                version,
                false,
                "UTF8",
                "en_US.UTF-8",
                "C",
                10,
                0,
                unreadable,
                NONE,
                NONE,
                extensions,
                NONE,
                foreign,
                NONE,
                free,
                capacity,
                0);
    }

    private static SourceFacts plainSource() {
        return source(150_000, NONE, Set.of(), NONE, 50, 1_000);
    }

    private static TargetFacts target(
            int version,
            boolean recovery,
            boolean superuser,
            boolean creates,
            boolean owns,
            int tables,
            Set<String> locales) {
        return new TargetFacts(
                version,
                recovery,
                superuser,
                creates,
                true,
                owns,
                tables,
                Set.of("hstore", "postgis"),
                Set.of("hstore"),
                locales,
                50,
                NONE);
    }

    private static TargetFacts plainTarget() {
        return target(150_000, false, false, true, true, 3, Set.of("en_us.utf8", "c"));
    }

    private static CaravanException refusal(SourceFacts source, TargetFacts target, Collection<String> skipped) {
        CopyRequest request = CopyRequest.of("a", "b");
        return assertThrows(CaravanException.class, () -> Preflight.judge(source, target, request, 3, skipped));
    }

    @Test
    void anOrdinaryPairPasses() {
        assertEquals(
                new Preflight.Result(3, List.of()),
                Preflight.judge(plainSource(), plainTarget(), CopyRequest.of("a", "b"), 3, List.of()));
    }

    @Test
    void eachRefusalHasItsCode() {
        Set<String> locales = Set.of("en_us.utf8", "c");
        assertEquals(
                ErrorCode.UNSUPPORTED_VERSION,
                refusal(source(120_000, NONE, Set.of(), NONE, 50, 1_000), plainTarget(), NONE)
                        .code());
        assertEquals(
                ErrorCode.UNSUPPORTED_VERSION,
                refusal(plainSource(), target(140_000, false, false, true, true, 0, locales), NONE)
                        .code());
        assertEquals(
                ErrorCode.TARGET_PROTECTED,
                refusal(plainSource(), target(150_000, true, false, true, true, 0, locales), NONE)
                        .code());
        assertEquals(
                ErrorCode.INSUFFICIENT_PRIVILEGE,
                refusal(plainSource(), target(150_000, false, false, false, true, 0, locales), NONE)
                        .code());
        assertEquals(
                ErrorCode.INSUFFICIENT_PRIVILEGE,
                refusal(plainSource(), target(150_000, false, false, true, false, 0, locales), NONE)
                        .code());
        assertEquals(
                ErrorCode.ENCODING_UNAVAILABLE,
                refusal(plainSource(), target(150_000, false, false, true, true, 0, Set.of("c")), NONE)
                        .code());
        assertEquals(
                ErrorCode.INSUFFICIENT_PRIVILEGE,
                refusal(source(150_000, List.of("table x"), Set.of(), NONE, 50, 1_000), plainTarget(), NONE)
                        .code());
        assertEquals(
                ErrorCode.EXTENSION_MISSING,
                refusal(source(150_000, NONE, Set.of("pg_cron"), NONE, 50, 1_000), plainTarget(), NONE)
                        .code());
        assertEquals(
                ErrorCode.INSUFFICIENT_PRIVILEGE,
                refusal(source(150_000, NONE, Set.of("postgis"), NONE, 50, 1_000), plainTarget(), NONE)
                        .code());
        assertEquals(
                ErrorCode.INSUFFICIENT_CONNECTIONS,
                refusal(source(150_000, NONE, Set.of(), NONE, 2, 1_000), plainTarget(), NONE)
                        .code());
        assertEquals(
                ErrorCode.INSUFFICIENT_LOCKS,
                refusal(source(150_000, NONE, Set.of(), NONE, 50, 9), plainTarget(), NONE)
                        .code());
    }

    @Test
    void severalRefusalsComeTogether() {
        CaravanException refused =
                refusal(source(120_000, List.of("table x"), Set.of("pg_cron"), NONE, 1, 9), plainTarget(), NONE);
        assertEquals(ErrorCode.UNSUPPORTED_VERSION, refused.code());
        assertEquals(5, ((List<?>) refused.attributes().get("problems")).size(), refused.attributes()::toString);
    }

    @Test
    void aNonEmptyTargetIsRefusedOnRequestOnly() {
        CopyRequest careful = new CopyRequest(
                "a", "b", null, null, null, CopyRequest.OnExisting.FAIL_IF_NOT_EMPTY, null, null, null, null);
        CaravanException refused = assertThrows(
                CaravanException.class, () -> Preflight.judge(plainSource(), plainTarget(), careful, 3, NONE));
        assertEquals(ErrorCode.TARGET_NOT_EMPTY, refused.code());
        TargetFacts empty = target(150_000, false, false, true, true, 0, Set.of("en_us.utf8", "c"));
        assertEquals(3, Preflight.judge(plainSource(), empty, careful, 3, NONE).workers());
    }

    @Test
    void whatOnlyNeedsSayingIsAWarning() {
        TargetFacts superuser = target(190_000, false, true, false, false, 0, Set.of("en_us.utf8", "c"));
        Preflight.Result result = Preflight.judge(
                source(190_000, NONE, Set.of("postgis", "pg_cron"), List.of("public.remote"), 4, 1_000),
                superuser,
                CopyRequest.of("a", "b"),
                3,
                List.of("pg_cron"));
        assertEquals(2, result.workers());
        String all = String.join("\n", result.warnings());
        for (String word : List.of("newer than any", "superuser", "public.remote", "2 of 3 workers")) {
            assertTrue(all.contains(word), () -> word + " in\n" + all);
        }
        assertEquals(4, result.warnings().size(), all);
    }
}
