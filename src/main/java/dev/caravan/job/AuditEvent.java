package dev.caravan.job;

import java.time.Instant;
import java.util.Optional;

/**
 * One change that a caller made or tried to make.
 *
 * @param id sorts by time
 * @param at when it was answered
 * @param caller the name of the caller's key
 * @param role the key's role
 * @param from the address that the connection came from
 * @param operation the contract's operationId
 * @param path the address that was called, without parameters
 * @param status of the answer
 * @param code of the problem, when the answer was one
 * @param job the job that was made or changed
 */
public record AuditEvent(
        String id,
        Instant at,
        String caller,
        String role,
        String from,
        String operation,
        String path,
        int status,
        Optional<String> code,
        Optional<String> job) {}
