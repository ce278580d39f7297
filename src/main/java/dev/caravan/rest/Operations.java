package dev.caravan.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The contract's operations, and which right each needs. An operation that is not in the table is refused to everybody: whoever adds one
 * decides who may use it.
 */
final class Operations {
    /** The one place that says who may do what. */
    static final Map<String, Right> RIGHTS = Map.ofEntries(
            Map.entry("createCopyJob", Right.COPY),
            Map.entry("listCopyJobs", Right.READ),
            Map.entry("getCopyJob", Right.READ),
            Map.entry("listCopyJobTables", Right.READ),
            Map.entry("listCopyJobEvents", Right.READ),
            Map.entry("getCopyJobReport", Right.READ),
            Map.entry("getCopyJobPlan", Right.READ),
            Map.entry("cancelCopyJob", Right.COPY),
            Map.entry("planCopy", Right.PLAN),
            Map.entry("listConnections", Right.READ),
            Map.entry("checkConnection", Right.CHECK),
            Map.entry("listMaskers", Right.READ),
            Map.entry("listMaskPolicies", Right.READ),
            Map.entry("previewMasks", Right.PREVIEW),
            Map.entry("explainRow", Right.PREVIEW),
            Map.entry("createPiiScan", Right.SCAN),
            Map.entry("listPiiScans", Right.READ),
            Map.entry("getPiiScan", Right.READ),
            Map.entry("listSchedules", Right.READ),
            Map.entry("runSchedule", Right.SCHEDULE),
            Map.entry("pauseSchedule", Right.SCHEDULE),
            Map.entry("resumeSchedule", Right.SCHEDULE),
            Map.entry("testWebhook", Right.SCHEDULE),
            Map.entry("listAuditEvents", Right.AUDIT));

    /**
     * @param id the operationId
     * @param method GET or POST
     * @param path matches exactly the paths of the operation, parameters filled in
     */
    record Operation(String id, String method, Pattern path) {
        /** Empty for one that nobody has decided on. */
        Optional<Right> right() {
            return Optional.ofNullable(RIGHTS.get(id));
        }
    }

    private final List<Operation> all;

    private Operations(List<Operation> all) {
        this.all = List.copyOf(all);
    }

    static Operations ofContract() {
        List<Operation> operations = new ArrayList<>();
        ((Map<?, ?>) Contract.document().get("paths"))
                .forEach((path, methods) -> ((Map<?, ?>) methods).forEach((method, operation) -> {
                    if (operation instanceof Map<?, ?> described && described.get("operationId") != null) {
                        operations.add(new Operation(
                                described.get("operationId").toString(),
                                method.toString().toUpperCase(Locale.ROOT),
                                pattern(Contract.BASE + path)));
                    }
                }));
        return new Operations(operations);
    }

    private static Pattern pattern(String template) {
        StringBuilder regex = new StringBuilder();
        for (String segment : template.substring(1).split("/")) {
            regex.append('/').append(segment.startsWith("{") ? "[^/]+" : Pattern.quote(segment));
        }
        return Pattern.compile(regex.toString());
    }

    List<Operation> all() {
        return all;
    }

    /** The operations at the path, whatever their method; none for a path that the contract does not have. */
    List<Operation> at(String path) {
        return all.stream().filter(it -> it.path().matcher(path).matches()).toList();
    }
}
