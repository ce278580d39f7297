package dev.caravan.rest;

import dev.caravan.job.AuditStore;
import dev.caravan.schema.CaravanException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps in mind who changed what: in the store, and in the log under the name {@code audit}. Thread-safe. */
public final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger("audit");
    private static final Pattern JOB = Pattern.compile("/copy-jobs/([0-9a-f-]{36})(?:/|$)");
    private static final int PAGE = 50;

    private final AuditStore store;

    public Audit(AuditStore store) {
        this.store = store;
    }

    /**
     * @param location of what was made; empty for nothing
     * @param code of the problem; empty for none
     */
    void record(Caller caller, String from, String operation, String path, int status, String location, String code) {
        Matcher job = JOB.matcher(location.isEmpty() ? path : location);
        Optional<String> jobId = job.find() ? Optional.of(job.group(1)) : Optional.empty();
        LOG.info(
                "{} by {} ({}) from {}: {}{}{}",
                operation,
                caller.name(),
                caller.role().word(),
                from,
                status,
                code.isEmpty() ? "" : " " + code,
                jobId.map(id -> " job " + id).orElse(""));
        try {
            store.append(
                    caller.name(),
                    caller.role().word(),
                    from,
                    operation,
                    path,
                    status,
                    code.isEmpty() ? Optional.empty() : Optional.of(code),
                    jobId);
        } catch (CaravanException e) {
            // It has happened, whether it can be stored or not; the log has it.
            LOG.error("an audit event could not be stored: {}", e.code().code());
        }
    }

    /** @param cursor the last event's id of the page before; null for the first page */
    public Object list(@Header("limit") Integer limit, @Header("cursor") String cursor) {
        return store.list(limit == null ? PAGE : limit, Optional.ofNullable(cursor));
    }
}
