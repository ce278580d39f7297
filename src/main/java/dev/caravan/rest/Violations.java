package dev.caravan.rest;

import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Message;
import com.atlassian.oai.validator.report.ValidationReport.MessageContext;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the validator's findings into sentences of ours: its own quote the values that were sent. */
final class Violations {
    private static final String FIELD = "[A-Za-z][A-Za-z0-9_-]{0,39}";
    private static final Pattern POINTER = Pattern.compile("(/(" + FIELD + "|\\d{1,6}))*");
    private static final Pattern LAST_LIST = Pattern.compile("\\[([^\\[\\]]*)][^\\[\\]]*$");

    private Violations() {}

    static CaravanException of(ValidationReport report) {
        List<Map<String, String>> faults = new ArrayList<>();
        for (Message message : report.getMessages()) {
            Optional<Parameter> parameter = message.getContext().flatMap(MessageContext::getParameter);
            if (parameter.filter(it -> "path".equals(it.getIn())).isPresent()
                    || message.getKey().equals("validation.request.path.missing")) {
                return CaravanException.of(
                        ErrorCode.NOT_FOUND,
                        "Nothing is at this address.",
                        "Job ids are as createCopyJob gives them, names of connections as listConnections does.");
            }
            faults.add(fault(message, parameter));
        }
        return CaravanException.of(
                        ErrorCode.VALIDATION,
                        "The request has " + faults.size() + (faults.size() == 1 ? " fault." : " faults."),
                        "The contract is at " + Problems.CONTRACT + ".")
                .with("errors", List.copyOf(faults));
    }

    private static Map<String, String> fault(Message message, Optional<Parameter> parameter) {
        Map<String, String> fault = new LinkedHashMap<>();
        String key = message.getKey();
        String keyword = key.substring(key.lastIndexOf('.') + 1);
        if (key.contains(".parameter.") || parameter.isPresent()) {
            if (keyword.equals("unexpected")) {
                // Without its name, which is the caller's and may be anything.
                fault.put("detail", "a query parameter is not one of this operation");
            } else {
                parameter.ifPresent(it -> fault.put("parameter", it.getName()));
                fault.put("detail", parameterSentence(keyword, parameter));
            }
            return fault;
        }
        if (key.endsWith("body.missing")) {
            fault.put("detail", "a body is needed");
        } else if (key.endsWith("body.unexpected")) {
            fault.put("detail", "no body is expected");
        } else if (key.contains("nvalidJson")) {
            fault.put("detail", "is not well-formed JSON");
        } else {
            String pointer = message.getContext()
                    .flatMap(MessageContext::getPointers)
                    .map(MessageContext.Pointers::getInstance)
                    .filter(it -> POINTER.matcher(it).matches())
                    .orElse("");
            bodyFault(keyword, pointer, names(message.getMessage()), fault);
        }
        return fault;
    }

    private static void bodyFault(String keyword, String pointer, List<String> names, Map<String, String> fault) {
        boolean named = keyword.equals("required") || keyword.equals("additionalProperties");
        fault.put("pointer", named && names.size() == 1 ? pointer + "/" + names.get(0) : pointer);
        fault.put(
                "detail",
                switch (keyword) {
                    case "required" -> names.size() == 1 ? "is missing" : "lacks fields: " + String.join(", ", names);
                    case "additionalProperties" ->
                        names.size() == 1
                                ? "is not a field of this request"
                                : "has fields that are not of this request: " + String.join(", ", names);
                    case "type" -> "has the wrong type";
                    case "enum" -> "is not one of the allowed values";
                    case "pattern", "format" -> "does not have the form that is asked for";
                    case "maxLength" -> "is too long";
                    case "minLength" -> "is too short";
                    case "maxProperties", "maxItems" -> "has too many entries";
                    default -> "is not as the contract has it";
                });
    }

    private static String parameterSentence(String keyword, Optional<Parameter> parameter) {
        return switch (keyword) {
            case "missing" -> "is missing";
            case "invalid" -> "is not one of the allowed values, or was sent more than once";
            default ->
                parameter
                        .map(Parameter::getDescription)
                        .map(description -> "is not valid; it means: " + description)
                        .orElse("is not valid");
        };
    }

    /** Names of fields as the validator lists them; names that are no plain words are left out, they may be anything. */
    private static List<String> names(String message) {
        Matcher list = LAST_LIST.matcher(message);
        List<String> names = new ArrayList<>();
        if (list.find()) {
            for (String item : list.group(1).split(",")) {
                String name = item.trim().replaceAll("^\"|\"$", "");
                if (name.matches(FIELD)) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
