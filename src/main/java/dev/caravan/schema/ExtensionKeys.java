package dev.caravan.schema;

import java.util.List;

/**
 * Keys of extensions' configuration tables. They come with CREATE EXTENSION and are never made by a copy, but its rows must keep to them.
 *
 * @param foreignKeys their foreign keys
 * @param indexes their unique indexes
 */
public record ExtensionKeys(List<ForeignKey> foreignKeys, List<Index> indexes) {
    public static final ExtensionKeys NONE = new ExtensionKeys(List.of(), List.of());

    public ExtensionKeys {
        foreignKeys = List.copyOf(foreignKeys);
        indexes = List.copyOf(indexes);
    }
}
