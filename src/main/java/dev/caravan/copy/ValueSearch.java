package dev.caravan.copy;

/** The step at which every text of a masked job's rows is looked through for source values of masked columns, as it is about to be written. Stateless. */
public final class ValueSearch {
    private final PartLoads loads;

    public ValueSearch(PartLoads loads) {
        this.loads = loads;
    }

    /** The same rows; what was found is judged before the swap. */
    public RowBatch search(RowBatch batch) {
        loads.search(batch);
        return batch;
    }
}
