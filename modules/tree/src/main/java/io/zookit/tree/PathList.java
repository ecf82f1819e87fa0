package io.zookit.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Paths that can be gone through in steps while some come and others go. A path that goes leaves its place to the last one; so
 * whoever walks from the end to the beginning meets each path that stays at least once, however long it takes.
 */
final class PathList {
    private final List<String> paths = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final List<String> view = Collections.unmodifiableList(paths);

    /** The paths; a view. */
    List<String> view() {
        return view;
    }

    void add(String path) {
        if (places.putIfAbsent(path, paths.size()) == null) {
            paths.add(path);
        }
    }

    void remove(String path) {
        Integer place = places.remove(path);
        if (place == null) {
            return;
        }
        String last = paths.remove(paths.size() - 1);
        if (place < paths.size()) {
            paths.set(place, last);
            places.put(last, place);
        }
    }
}
