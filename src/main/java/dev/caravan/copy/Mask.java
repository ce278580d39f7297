package dev.caravan.copy;

/** The step in which values are masked inside a batch, before they leave this process. Stateless. */
public final class Mask {
    private final PartLoads loads;

    public Mask(PartLoads loads) {
        this.loads = loads;
    }

    /** The same rows with masked values; a batch whose table has none passes as it is. */
    public RowBatch mask(RowBatch batch) {
        loads.mask(batch);
        return batch;
    }
}
