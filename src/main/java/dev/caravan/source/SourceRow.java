package dev.caravan.source;

import dev.caravan.schema.TableName;

/** A row by its table or partition and its place. */
record SourceRow(TableName relation, long tid) {}
