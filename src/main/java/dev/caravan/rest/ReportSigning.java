package dev.caravan.rest;

import dev.caravan.job.ReportSigner;
import java.util.Optional;

/**
 * What reports are signed with.
 *
 * @param signer absent without a key
 */
public record ReportSigning(Optional<ReportSigner> signer) {}
