package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Masks what stands at certain paths of a JSON value, each with a masker of its own; what no path names is emptied unless told otherwise.
 * A masker at an object or a list masks every scalar in it. Keys stay. What a nested masker cannot read becomes null. With
 * {@code unknown: fail} a value with a place that no path names is unreadable as a whole, and so is what is no JSON.
 */
public final class JsonMasker implements Masker {
    @Override
    public String name() {
        return "json";
    }

    @Override
    public String description() {
        return "Masks what stands at certain paths of a document or an hstore, and empties what no path names.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.of(
                        "paths",
                        Parameter.Type.STRUCTURE,
                        Map.of(),
                        "Maskers by path: a name, or a map with mask, its parameters, a domain and maxLength."),
                Parameter.choice(
                        "unknown",
                        "null",
                        "What becomes of a place that no path names; fail ends the job before the swap.",
                        "null",
                        "mask",
                        "keep",
                        "fail"),
                Parameter.choice(
                        "keys",
                        "mask",
                        "What becomes of a key that no path spells out, since it may be somebody's: mask replaces it; words leaves one that is a plain word.",
                        "mask",
                        "words",
                        "keep"));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.JSON, ValueKind.HSTORE);
    }

    /** What a json or jsonb column holds can be read: a document is unreadable for a place that nobody decided on. */
    @Override
    public boolean mustRead(Settings settings) {
        return settings.text("unknown").equals("fail");
    }

    @Override
    public Example example() {
        return new Example(
                Map.of("paths", Map.of("$.id", "integer-id", "$.plan", "keep")),
                "jsonb",
                "{\"id\": 4711, \"plan\": \"gold\", \"note\": \"call Anna\"}");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        if (!(settings.structure("paths") instanceof Map<?, ?> paths)) {
            throw new MaskRefused("paths must be a map from a path to a masker");
        }
        List<JsonRule> rules = JsonRule.all(paths, column);
        return new JsonMask(rules, settings.text("unknown"), settings.text("keys"), column.hash("json"));
    }
}
