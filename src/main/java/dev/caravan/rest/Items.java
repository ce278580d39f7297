package dev.caravan.rest;

import java.util.List;

/** A list that is not paged. */
record Items<T>(List<T> items) {
    Items {
        items = List.copyOf(items);
    }
}
