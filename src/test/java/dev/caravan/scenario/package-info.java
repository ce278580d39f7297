/**
 * The hard cases: a folder each under {@code /scenarios}, with the database to copy in {@code source.sql}. What a copy must
 * keep is said in that file's first comment.
 */
package dev.caravan.scenario;
