package dev.caravan.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.caravan.job.CopyJob;

/** A job with the addresses of what belongs to it. */
record JobView(@JsonUnwrapped CopyJob job, Links links) {
    static JobView of(CopyJob job) {
        return new JobView(job, Links.of(job.id()));
    }
}
