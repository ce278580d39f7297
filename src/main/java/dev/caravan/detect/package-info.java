/**
 * Finds what looks personal in a source: by what columns are called, and by the form of a bounded sample of their values. A sampled value
 * is looked at and forgotten; only counts stay. Everything but {@link dev.caravan.detect.PiiScans}, and the
 * search that it runs, is pure.
 */
package dev.caravan.detect;
