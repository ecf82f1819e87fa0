package io.zookit.watch;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The two watch tables as the client protocol describes them, without any care for speed: what {@link WatchTable} must equal. */
final class TwoTableModel {
    enum Mode {
        STANDARD,
        PERSISTENT,
        RECURSIVE
    }

    private final Map<String, Map<String, EnumSet<Mode>>> data = new HashMap<>();
    private final Map<String, Map<String, EnumSet<Mode>>> child = new HashMap<>();

    boolean addData(String path, String watcher) {
        return add(data, path, watcher, Mode.STANDARD);
    }

    boolean addChild(String path, String watcher) {
        return add(child, path, watcher, Mode.STANDARD);
    }

    boolean addPersistent(String path, String watcher, boolean recursive) {
        if (recursive) {
            return add(data, path, watcher, Mode.RECURSIVE);
        }
        add(child, path, watcher, Mode.PERSISTENT);
        return add(data, path, watcher, Mode.PERSISTENT);
    }

    private static boolean add(Map<String, Map<String, EnumSet<Mode>>> table, String path, String watcher, Mode mode) {
        return table.computeIfAbsent(path, p -> new HashMap<>())
                .computeIfAbsent(watcher, w -> EnumSet.noneOf(Mode.class))
                .add(mode);
    }

    boolean contains(String path, String watcher, WatcherType type) {
        return switch (type) {
            case CHILDREN -> modes(child, path, watcher).contains(Mode.STANDARD);
            case DATA -> modes(data, path, watcher).contains(Mode.STANDARD);
            case ANY ->
                !modes(child, path, watcher).isEmpty()
                        || !modes(data, path, watcher).isEmpty();
            case PERSISTENT -> modes(data, path, watcher).contains(Mode.PERSISTENT);
            case PERSISTENT_RECURSIVE -> modes(data, path, watcher).contains(Mode.RECURSIVE);
        };
    }

    boolean remove(String path, String watcher, WatcherType type) {
        boolean removed =
                switch (type) {
                    case CHILDREN -> modes(child, path, watcher).remove(Mode.STANDARD);
                    case DATA -> modes(data, path, watcher).remove(Mode.STANDARD);
                    case ANY -> clear(path, watcher);
                    case PERSISTENT ->
                        modes(child, path, watcher).remove(Mode.PERSISTENT)
                                | modes(data, path, watcher).remove(Mode.PERSISTENT);
                    case PERSISTENT_RECURSIVE -> modes(data, path, watcher).remove(Mode.RECURSIVE);
                };
        tidy();
        return removed;
    }

    private boolean clear(String path, String watcher) {
        boolean had = contains(path, watcher, WatcherType.ANY);
        modes(child, path, watcher).clear();
        modes(data, path, watcher).clear();
        return had;
    }

    void removeAll(String watcher) {
        data.values().forEach(watchers -> watchers.remove(watcher));
        child.values().forEach(watchers -> watchers.remove(watcher));
        tidy();
    }

    /** Who hears of a data event at a path; one-shot watches are used up. */
    Set<String> triggerData(String path) {
        Set<String> told = new HashSet<>(data.getOrDefault(path, Map.of()).keySet());
        useUp(data, path);
        for (String above = parent(path); above != null; above = parent(above)) {
            data.getOrDefault(above, Map.of()).forEach((watcher, modes) -> {
                if (modes.contains(Mode.RECURSIVE)) {
                    told.add(watcher);
                }
            });
        }
        return told;
    }

    /** Who hears of a child event at a path; one-shot watches are used up. */
    Set<String> triggerChild(String path) {
        Set<String> told = new HashSet<>(child.getOrDefault(path, Map.of()).keySet());
        useUp(child, path);
        return told;
    }

    private void useUp(Map<String, Map<String, EnumSet<Mode>>> table, String path) {
        table.getOrDefault(path, Map.of()).values().forEach(modes -> modes.remove(Mode.STANDARD));
        tidy();
    }

    static String parent(String path) {
        if (path.length() == 1) {
            return null;
        }
        int slash = path.lastIndexOf('/');
        return slash == 0 ? "/" : path.substring(0, slash);
    }

    long watchCount() {
        return data.values().stream().mapToLong(Map::size).sum()
                + child.values().stream().mapToLong(Map::size).sum();
    }

    int watchCount(String watcher) {
        return (int) (data.values().stream()
                        .filter(watchers -> watchers.containsKey(watcher))
                        .count()
                + child.values().stream()
                        .filter(watchers -> watchers.containsKey(watcher))
                        .count());
    }

    Set<String> pairs() {
        Set<String> pairs = new TreeSet<>();
        data.forEach((path, watchers) -> watchers.keySet().forEach(watcher -> pairs.add(path + " " + watcher)));
        child.forEach((path, watchers) -> watchers.keySet().forEach(watcher -> pairs.add(path + " " + watcher)));
        return pairs;
    }

    private static EnumSet<Mode> modes(Map<String, Map<String, EnumSet<Mode>>> table, String path, String watcher) {
        EnumSet<Mode> modes = table.getOrDefault(path, Map.of()).get(watcher);
        return modes == null ? EnumSet.noneOf(Mode.class) : modes;
    }

    private void tidy() {
        for (Map<String, Map<String, EnumSet<Mode>>> table : java.util.List.of(data, child)) {
            table.values().forEach(watchers -> watchers.values().removeIf(EnumSet::isEmpty));
            table.values().removeIf(Map::isEmpty);
        }
    }
}
