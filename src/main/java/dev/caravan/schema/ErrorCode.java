package dev.caravan.schema;

import java.util.Locale;

/** Every way in which a call or a job can end other than well. The code owns its HTTP status and whether a retry can help. */
public enum ErrorCode {
    VALIDATION(400, false, "The request is not valid"),
    NOT_FOUND(404, false, "There is no such resource"),
    METHOD_NOT_ALLOWED(405, false, "The method is not allowed here"),
    NOT_ACCEPTABLE(406, false, "None of the accepted media types can be given"),
    BODY_TOO_LARGE(413, false, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, false, "The media type is not supported"),
    UNAUTHORIZED(401, false, "Authentication is needed"),
    FORBIDDEN(403, false, "The caller may not do this"),
    MASKING_REQUIRED(403, false, "A production source may only be copied masked"),
    MASK_KEY_MISSING(422, false, "No key for masking is configured"),
    UNDECIDED_COLUMNS(422, false, "The policy does not decide on every column"),
    MASK_NOT_UNIQUE(422, false, "A masker would make unique values equal"),
    MASK_REFUSED(422, false, "A masker does not fit its column"),
    LEAK_FOUND(422, false, "Source values are in the masked copy"),
    ANONYMITY_TOO_SMALL(422, false, "Too few rows share their quasi-identifiers"),
    TABLE_CHOICE(422, false, "The tables cannot be chosen as asked"),
    TENANT_KEY_MISSING(422, false, "Nothing says how to tell one tenant from another"),
    TENANT_UNKNOWN(422, false, "There is no such tenant"),
    TENANT_SCOPE(422, false, "The tenants' rows cannot be chosen as asked"),
    TENANT_NOT_ISOLATED(500, false, "Rows of other tenants came along"),
    CROSS_TENANT_REFERENCE(422, false, "Rows of the chosen tenants reference rows of others"),
    UNKNOWN_CONNECTION(422, false, "There is no such connection"),
    TARGET_PROTECTED(403, false, "The target may not be written"),
    TARGET_BUSY(409, true, "Another job works on the target"),
    TARGET_NOT_EMPTY(409, false, "The target database is not empty"),
    JOB_NOT_CANCELLABLE(409, false, "The job has already ended"),
    IDEMPOTENCY_KEY_REUSED(422, false, "The idempotency key was used with another request"),
    UNAVAILABLE(503, true, "The service does not answer yet, or any more"),
    QUEUE_FULL(429, true, "Too many jobs are waiting"),
    CONNECTION_UNREACHABLE(502, true, "A database server cannot be reached"),
    AUTHENTICATION_FAILED(502, false, "A database server refused the login"),
    CONNECTION_POOLED(422, false, "The connection goes through a pooler that swaps sessions"),
    SOURCE_LOAD_BALANCED(422, false, "The source's address leads to several servers"),
    SOURCE_DDL_BLOCKED(409, true, "A statement on the source waited for a lock of this job"),
    SOURCE_CHANGED(409, true, "The source's tables changed while they were being listed"),
    SNAPSHOT_LOST(409, true, "The source's snapshot was lost"),
    SOURCE_CANCELLED_READ(409, true, "The source's server cancelled the read"),
    LOCK_TIMEOUT(409, true, "A lock was not granted in time"),
    DEADLOCK(409, true, "Two sessions waited for each other's locks"),
    STATEMENT_CANCELLED(409, true, "A database server cancelled a statement"),
    INSUFFICIENT_PRIVILEGE(422, false, "A database role lacks privileges"),
    INSUFFICIENT_LOCKS(422, false, "A server's lock table is too small for this database"),
    INSUFFICIENT_CONNECTIONS(422, true, "A server has too few free connections"),
    UNSUPPORTED_VERSION(422, false, "The servers' versions do not go together"),
    UNSUPPORTED_OBJECT(422, false, "The source holds something that the target cannot have"),
    EXTENSION_MISSING(422, false, "The target lacks an extension"),
    ENCODING_UNAVAILABLE(422, false, "The target cannot have the source's encoding or locale"),
    TOOL_MISSING(422, false, "A PostgreSQL client program is missing"),
    TOOL_FAILED(500, true, "A PostgreSQL client program failed"),
    ROW_TOO_LARGE(422, false, "A row is larger than this service may hold"),
    KEY_VIOLATED(422, false, "The source violates one of its own foreign keys"),
    CONSTRAINT_FAILED(422, false, "A constraint or an index could not be made"),
    AFTER_LOAD_FAILED(422, false, "An operator's SQL file failed"),
    VERIFICATION_FAILED(500, false, "The loaded database is not what was read"),
    DISK_FULL(507, true, "A database server's disk is full"),
    TARGET_IN_USE(409, true, "The target database is in use"),
    WEBHOOK_FAILED(502, true, "A webhook could not be called"),
    INTERRUPTED(500, true, "The service stopped while the job ran"),
    CONFIGURATION(500, false, "The service's configuration is not valid"),
    DATABASE(500, true, "A database server reported an error"),
    INTERNAL(500, true, "An unexpected error");

    private final int httpStatus;
    private final boolean retryable;
    private final String title;

    ErrorCode(int httpStatus, boolean retryable, String title) {
        this.httpStatus = httpStatus;
        this.retryable = retryable;
        this.title = title;
    }

    /** The code as it stands in problems, such as {@code target-busy}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** Whether the same request may succeed later without a change of anybody's. */
    public boolean retryable() {
        return retryable;
    }

    /** One short sentence that is the same for every occurrence. */
    public String title() {
        return title;
    }
}
