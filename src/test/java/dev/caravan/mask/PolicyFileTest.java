package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PolicyFileTest {
    private static final Maskers MASKERS = Maskers.load();

    private static List<String> faults(String yaml) {
        List<String> faults = new ArrayList<>();
        PolicyFile.parse("masks.yaml", yaml, MASKERS, faults);
        return faults;
    }

    private static MaskPolicy policy(String yaml) {
        List<String> faults = new ArrayList<>();
        Map<String, MaskPolicy> policies = PolicyFile.parse("masks.yaml", yaml, MASKERS, faults);
        assertEquals(List.of(), faults);
        return policies.get("default");
    }

    private static List<String> faultsOfColumns(String lines) {
        return faults("policies:\n  default:\n    columns:\n" + lines.indent(6));
    }

    private static ColumnDecision column(String lines) {
        return policy("policies:\n  default:\n    columns:\n" + lines.indent(6))
                .entries()
                .get(0)
                .decision();
    }

    @Test
    void everyPartOfAPolicyIsRead() {
        MaskPolicy policy = policy("""
                policies:
                  default:
                    columns:
                      public.customer.email: null
                      "*.*.phone": {mask: "null", domain: phones, onNull: mask}
                      public."odd.table"."a""b": {mask: keep, reason: surrogate key}
                    types: {boolean: {mask: keep, reason: says nothing}}
                    schemas: {reference: {mask: keep, reason: public}}
                    virtualKeys:
                      - {from: public.event.user_id, to: public.user.id}
                      - {from: [public.a.x, public.a.y], to: [public.b.x, public.b.y]}
                    onUndecided: null
                    onUnproven: warn
                    largeObjects: skip
                """);
        assertEquals(
                List.of(
                        new ColumnPattern("public", "customer", "email"),
                        new ColumnPattern("*", "*", "phone"),
                        new ColumnPattern("public", "odd.table", "a\"b")),
                policy.entries().stream().map(MaskPolicy.Entry::pattern).toList());
        assertEquals(
                ColumnDecision.of("null", Settings.NONE, "masks.yaml:4"),
                policy.entries().get(0).decision());
        assertEquals(Optional.of("phones"), policy.entries().get(1).decision().domain());
        assertTrue(policy.entries().get(1).decision().rules().get(0).maskNull());
        assertEquals(
                ColumnDecision.keep("surrogate key", "masks.yaml:6"),
                policy.entries().get(2).decision());
        assertEquals(Map.of("bool", ColumnDecision.keep("says nothing", "masks.yaml:7")), policy.byType());
        assertEquals(Map.of("reference", ColumnDecision.keep("public", "masks.yaml:8")), policy.bySchema());
        assertEquals(
                List.of(
                        new VirtualKey(
                                TableName.parse("public.event"),
                                List.of("user_id"),
                                TableName.parse("public.user"),
                                List.of("id"),
                                "masks.yaml:10"),
                        new VirtualKey(
                                TableName.parse("public.a"),
                                List.of("x", "y"),
                                TableName.parse("public.b"),
                                List.of("x", "y"),
                                "masks.yaml:11")),
                policy.virtualKeys());
        assertEquals(MaskPolicy.OnUndecided.NULL, policy.onUndecided());
        assertEquals(MaskPolicy.OnUnproven.WARN, policy.onUnproven());
        assertEquals(MaskPolicy.LargeObjects.SKIP, policy.largeObjects());
        assertEquals(64, policy.version().length());
    }

    @Test
    void aLimitOfCharactersAndALocaleAreReadAndTheirFaultsHaveALine() {
        List<String> faults = new ArrayList<>();
        MaskPolicy policy = PolicyFile.parse(
                        "masks.yaml",
                        "policies: {default: {columns: {a.b.c: {mask: first-name, locale: de-AT, maxLength: 12}}}}",
                        Maskers.load(),
                        faults)
                .get("default");
        assertEquals(List.of(), faults);
        MaskRule rule = policy.entries().get(0).decision().rules().get(0);
        assertEquals(OptionalInt.of(12), rule.maxLength());
        assertEquals("de-AT", rule.settings().text("locale"));
        for (String wrong : List.of("maxLength: 0", "maxLength: x", "maxLength: 1.5", "locale: xx", "locale: dee")) {
            faults.clear();
            PolicyFile.parse(
                    "masks.yaml",
                    "policies:\n  default:\n    columns:\n      a.b.c: {mask: first-name, " + wrong + "}\n",
                    Maskers.load(),
                    faults);
            assertEquals(1, faults.size(), wrong);
            assertTrue(faults.get(0).startsWith("masks.yaml:4: a.b.c: "), faults::toString);
        }
    }

    @Test
    void aPolicyThatSaysNothingFailsClosed() {
        MaskPolicy policy = policy("policies: {default: {}}");
        assertEquals(MaskPolicy.OnUndecided.FAIL, policy.onUndecided());
        assertEquals(MaskPolicy.OnUnproven.REFUSE, policy.onUnproven());
        assertEquals(MaskPolicy.LargeObjects.UNDECIDED, policy.largeObjects());
        assertEquals(List.of(), policy.entries());
    }

    @Test
    void conditionsAreReadInTheirOrder() {
        List<MaskRule> rules = column("""
                        a.b.c:
                          - {when: {column: country, in: [DE, 007, 1.50]}, mask: "null"}
                          - {when: {column: ok, equals: true, isNull: true, not: true}, mask: keep, reason: r}
                          - {when: {column: d, isNull: true}, mask: null}
                          - {mask: null}
                        """).rules();
        assertEquals(
                List.of(
                        Optional.of(new Condition("country", List.of("DE", "007", "1.50"), false, false)),
                        Optional.of(new Condition("ok", List.of("t"), true, true)),
                        Optional.of(new Condition("d", List.of(), true, false)),
                        Optional.empty()),
                rules.stream().map(MaskRule::when).toList());
        assertEquals(
                List.of("null", "keep", "null", "null"),
                rules.stream().map(MaskRule::masker).toList());
    }

    @Test
    void everyFaultIsNamedAtOnceWithItsLineAndItsRemedy() {
        List<String> faults = faults("""
                policies:
                  default:
                    columns:
                      a.b.c: kepe
                      a.b.d: keep
                      a.b: "null"
                      a.b.e: {mask: "null", resaon: x}
                      a.b.e: "null"
                      a.b.f: {maks: "null"}
                      a."b"."f2": "null"
                      a.b.f2: "null"
                      a."b*".c: "null"
                    colums: {}
                    tenantKey: [tenant_id]
                    onUndecided: maybe
                    largeObjects: null
                    virtualKeys: [{from: a.b.c, to: [a.b.c, a.b.d]}, {from: "a.*.c", to: a.b.c}]
                    onUnproven: hope
                version: 1
                """);
        for (String expected : List.of(
                "masks.yaml:4: a.b.c: there is no masker \"kepe\"; did you mean keep?",
                "masks.yaml:5: a.b.d: keep needs a reason",
                "masks.yaml:6: a.b: a column is named schema.table.column",
                "masks.yaml:7: a.b.e: masker null has no parameter resaon; did you mean reason?",
                "masks.yaml:8: a.b.e is there twice",
                "masks.yaml:9: a.b.f: says no masker; did you mean mask by maks?",
                "masks.yaml:11: a.b.f2 is there twice",
                "masks.yaml:12: a.\"b*\".c: a column is named",
                "masks.yaml:13: a policy has no key colums; did you mean columns?",
                "masks.yaml:14: tenantKey is a root",
                "masks.yaml:15: onUndecided must be",
                "masks.yaml:16: largeObjects must be",
                "masks.yaml:17: from and to of a virtual key",
                "masks.yaml:17: a virtual key names columns as",
                "masks.yaml:18: onUnproven must be refuse or warn",
                "masks.yaml:19: there is no key version")) {
            assertEquals(
                    1,
                    faults.stream().filter(fault -> fault.startsWith(expected)).count(),
                    () -> expected + " in\n" + String.join("\n", faults));
        }
        assertEquals(16, faults.size(), () -> String.join("\n", faults));
    }

    @Test
    void aConditionThatCannotBeMeantIsAFault() {
        for (String wrong : List.of(
                "a.b.c: []",
                "a.b.c: [{when: {column: x, equals: 1}, mask: null}]",
                "a.b.c: [{mask: null}, {mask: null}]",
                "a.b.c: {when: {column: x, equals: 1}, mask: null}",
                "a.b.c: [{when: {equals: 1}, mask: null}, null]",
                "a.b.c: [{when: {column: x}, mask: null}, null]",
                "a.b.c: [{when: {column: x, equals: null}, mask: null}, null]",
                "a.b.c: [{when: {column: x, in: []}, mask: null}, null]",
                "a.b.c: [{when: {column: x, in: [1], equals: 2}, mask: null}, null]",
                "a.b.c: [{when: {column: x, isNull: false}, mask: null}, null]",
                "a.b.c: [{when: {column: x, isNull: true, like: 1}, mask: null}, null]",
                "a.b.c: [{when: {column: x, equals: 1}, mask: null, domain: a}, {mask: null, domain: b}]",
                "a.b.c: {mask: null, onNull: drop}",
                "a.b.c: {mask: true}",
                "a.b.c: {mask: keep, reason: ''}",
                "a.b.c: true")) {
            List<String> faults = faultsOfColumns(wrong);
            assertEquals(1, faults.size(), () -> wrong + "\n" + String.join("\n", faults));
            assertTrue(faults.get(0).startsWith("masks.yaml:4: a.b.c: "), faults.get(0));
        }
    }

    @Test
    void whatIsNoPolicyFileIsAFaultAndNothingElse() {
        String bomb = "a: &a [x, x]\n";
        for (char letter = 'b'; letter < 'z'; letter++) {
            char before = (char) (letter - 1);
            bomb += letter + ": &" + letter + " [*" + before + ", *" + before + "]\n";
        }
        for (String wrong : List.of(
                "",
                "policies",
                "policies: []",
                "policies: {}",
                "policies: {default: 3}",
                "policies: {\"bad name\": {}}",
                "policies: {default: {columns: [a]}}",
                "policies: {default: &a {columns: *a}}",
                "policies: {default: {onUndecided: !!binary fail}}",
                "policies: {? [a] : {}}",
                "policies: [",
                "policies: {default: *nothing}",
                bomb,
                "policies: " + "[".repeat(5000) + "]".repeat(5000),
                "#".repeat(1 << 21))) {
            List<String> faults = faults(wrong);
            assertFalse(faults.isEmpty(), wrong.substring(0, Math.min(80, wrong.length())));
            assertTrue(faults.stream().allMatch(fault -> fault.startsWith("masks.yaml:")), () -> "" + faults);
        }
    }
}
