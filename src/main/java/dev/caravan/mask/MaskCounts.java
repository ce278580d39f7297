package dev.caravan.mask;

/**
 * What happened to one column's values.
 *
 * @param column the column
 * @param masked values that were masked; NULL is not counted
 * @param unchanged masked values that came out as they went in
 * @param unreadable values that got the safe replacement, since the masker could not read them
 */
public record MaskCounts(String column, long masked, long unchanged, long unreadable) {
    /** Both together; they are of the same column. */
    public MaskCounts plus(MaskCounts other) {
        return new MaskCounts(
                column, masked + other.masked, unchanged + other.unchanged, unreadable + other.unreadable);
    }
}
