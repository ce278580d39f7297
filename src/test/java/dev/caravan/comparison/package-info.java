/**
 * Judges whether two databases are the same, for tests. Two test databases enter, a list of differences in words leaves; an
 * empty list means identical. Imports the test servers only, and none of the code it judges but the quoting of names.
 */
package dev.caravan.comparison;
