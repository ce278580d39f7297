package dev.caravan.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.schema.CaravanException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Why something did not go: a problem (RFC 9457) of the service's, or one that the client found itself.
 *
 * @param detail what happened
 * @param code the machine-readable code
 * @param hint what to do about it; empty when nothing is known
 * @param more further members, such as the table or the job that is in the way
 */
record Refusal(String detail, String code, String hint, Map<String, String> more) {
    private static final Set<String> KNOWN = Set.of("type", "title", "status", "detail", "code", "hint", "instance");

    Refusal {
        more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    static Refusal of(String code, String detail, String hint) {
        return new Refusal(detail, code, hint, Map.of());
    }

    static Refusal of(CaravanException error) {
        return of(error.code().code(), error.getMessage(), error.hint());
    }

    /** The problem in a body. */
    static Refusal of(JsonNode problem) {
        Map<String, String> more = new LinkedHashMap<>();
        String detail = problem.path("detail").asText(problem.path("title").asText(""));
        problem.fields().forEachRemaining(member -> {
            boolean again = member.getKey().equals("errors") && saysItAgain(member.getValue(), detail);
            if (!KNOWN.contains(member.getKey()) && !again) {
                more.put(member.getKey(), text(member.getValue()));
            }
        });
        return new Refusal(
                detail,
                problem.path("code").asText("internal"),
                problem.path("hint").asText(""),
                more);
    }

    /** Whether a list of faults has one only, and the problem's own detail is that one or ends with it. */
    private static boolean saysItAgain(JsonNode faults, String detail) {
        String told = faults.path(0).path("detail").asText("");
        return faults.size() == 1 && !told.isEmpty() && (detail.equals(told) || detail.endsWith(". " + told));
    }

    /** A member as a reader wants it: the faults of a list side by side, without JSON's marks. */
    private static String text(JsonNode value) {
        if (value.isValueNode()) {
            return value.asText();
        }
        List<String> parts = new ArrayList<>();
        if (value.isArray() && value.path(0).has("detail")) {
            // Faults, a line each: where it is, and what it is.
            value.forEach(fault ->
                    parts.add((fault.has("pointer") ? fault.path("pointer").asText() + " " : "")
                            + fault.path("detail").asText()));
            return String.join("\n", parts);
        }
        value.forEach(part -> parts.add(text(part)));
        return String.join(value.isArray() ? "; " : " ", parts);
    }

    /** The detail, the hint, the code and the rest, a line each. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(Text.plain(detail));
        if (!hint.isEmpty()) {
            lines.add("  hint: " + Text.plain(hint));
        }
        lines.add("  code: " + Text.plain(code));
        more.forEach((name, value) -> {
            if (value.indexOf('\n') < 0) {
                lines.add("  " + Text.plain(name) + ": " + Text.plain(value));
            } else {
                lines.add("  " + Text.plain(name) + ":");
                value.lines().forEach(line -> lines.add("    " + Text.plain(line)));
            }
        });
        return lines;
    }

    JsonNode json() {
        ObjectNode node = CopyService.JSON.createObjectNode();
        node.put("code", code).put("detail", detail).put("hint", hint);
        more.forEach(node::put);
        return node;
    }
}
