/**
 * Masking of values inside rows on their way. What enters: a batch of COPY's rows, which columns of it are masked by what, and a key.
 * What leaves: the same rows with other values in those columns. Pure: no JDBC, no Camel; imports {@code schema} only.
 *
 * <p>A masker is one file that describes itself ({@link dev.caravan.mask.Masker}); {@link dev.caravan.mask.Maskers} lists them.
 */
package dev.caravan.mask;
