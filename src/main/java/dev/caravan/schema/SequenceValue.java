package dev.caravan.schema;

/**
 * Where a sequence stands.
 *
 * @param sequence its name
 * @param lastValue the value last handed out, or the first to hand out
 * @param called whether that value was handed out
 */
public record SequenceValue(TableName sequence, long lastValue, boolean called) {}
