package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyProposalTest {
    private static final Maskers MASKERS = Maskers.load();
    private static final TableName TABLE = TableName.parse("public.\"it's.odd\"");

    private static PolicyProposal.Undecided column(String name, String type, boolean notNull) {
        ColumnType its = new ColumnType(25, "pg_catalog", type, ColumnType.Kind.BASE, true, List.of());
        return new PolicyProposal.Undecided(TABLE, new Column(name, its, notNull, false));
    }

    @Test
    void theProposalIsAPolicyThatDecidesOnEveryColumn() {
        List<PolicyProposal.Undecided> undecided = List.of(
                column("Odd \"Name\"", "text", false),
                column("id", "int8", true),
                column("createdAt", "timestamptz", true),
                column("birth_date", "timestamptz", false),
                column("active", "bool", true));
        List<String> faults = new ArrayList<>();
        String yaml = PolicyProposal.yaml(undecided, MASKERS);
        Map<String, MaskPolicy> policies = PolicyFile.parse("masks.yaml", yaml, MASKERS, faults);
        assertEquals(List.of(), faults, yaml);
        List<Boolean> kept = undecided.stream()
                .map(it -> policies.get("default")
                        .decide(it.table(), it.column())
                        .orElseThrow()
                        .keeps())
                .toList();
        assertEquals(List.of(false, true, true, false, true), kept, yaml);
        assertEquals(3, yaml.split("please confirm", -1).length - 1, yaml);
    }

    @Test
    void personalNamesAreNeverProposedToBeKept() {
        for (String name : List.of(
                "email",
                "vorname",
                "nachname",
                "telefon",
                "prenom",
                "apellido",
                "cognome",
                "sukunimi",
                "birth_date",
                "iban",
                "password_id",
                "notes")) {
            String yaml = PolicyProposal.yaml(List.of(column(name, "text", false)), MASKERS);
            assertTrue(!yaml.contains("keep"), yaml);
        }
    }
}
