package dev.scopegate.bench.turns;

import java.util.List;

/** One after the other, and again from the start. Not thread-safe. */
final class Rotation<T> {

    private final List<T> items;
    private int next;

    Rotation(List<T> items) {
        this.items = items;
    }

    T next() {
        next = next + 1 < items.size() ? next + 1 : 0;
        return items.get(next);
    }
}
