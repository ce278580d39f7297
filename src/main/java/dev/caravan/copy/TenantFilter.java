package dev.caravan.copy;

/**
 * The step at which a row of another tenant would leave the stream. The source is asked for the chosen tenants' rows only; this looks
 * at each row once more, since nothing else stands between a wrong condition and the target: one such row ends the job.
 */
public final class TenantFilter {
    private final PartLoads loads;

    public TenantFilter(PartLoads loads) {
        this.loads = loads;
    }

    public RowBatch filter(RowBatch batch) {
        loads.guard(batch);
        return batch;
    }
}
