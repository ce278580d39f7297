package dev.caravan.job;

import java.util.Optional;

/**
 * What a job left or may have left on its target's server, written to the store before it is made, so that a restart can tidy up.
 *
 * @param staging name of the staging database
 * @param stagingOid its oid, once it was made: it tells after a crash whether the swap took place
 * @param previous the name that the old target gets in the swap
 * @param swapping whether the swap was begun
 */
public record StagingMark(String staging, Optional<Long> stagingOid, String previous, boolean swapping) {}
