package io.zookit.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathIndexTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, -1, 1L << 32, Long.MIN_VALUE})
    void everySaltSpreadsPathsThatLookAlike(long salt) {
        PathIndex<String> index = new PathIndex<>(salt);
        Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            hashes.add(index.findOrAdd("/service/instances/node" + (1_000_000 + i)).hash);
        }
        assertTrue(hashes.size() > 9_950, "salt " + salt + ": " + hashes.size() + " different hashes of 10000 paths");
    }

    @Test
    void pathsMadeToCollideAsStringsDoNotCollideHere() {
        PathIndex<String> index = new PathIndex<>(1);
        assertEquals("/Aa".hashCode(), "/BB".hashCode());
        assertTrue(index.findOrAdd("/Aa").hash != index.findOrAdd("/BB").hash);
    }

    @Test
    void ancestorsAreFoundFromTheRootDown() {
        PathIndex<String> index = new PathIndex<>(1);
        for (String path : List.of("/", "/a", "/a/b/c", "/a/b/c/d", "/b", "/a/b/cc")) {
            index.findOrAdd(path);
        }
        assertEquals(List.of("/", "/a", "-", "/a/b/c"), ancestors(index, "/a/b/c/d"));
        assertEquals(List.of("/"), ancestors(index, "/a"));
        assertEquals(List.of(), ancestors(index, "/"));
    }

    private static List<String> ancestors(PathIndex<String> index, String path) {
        List<String> found = new ArrayList<>();
        PathIndex<String>.Ancestors ancestors = index.new Ancestors(path);
        while (ancestors.hasNext()) {
            WatchedPath<String> ancestor = ancestors.next();
            found.add(ancestor == null ? "-" : ancestor.path);
        }
        return found;
    }

    @Test
    void onlyTheVeryPathIsFound() {
        PathIndex<String> index = new PathIndex<>(1);
        WatchedPath<String> added = index.findOrAdd("/a/b");
        assertEquals(added, index.find("/a/b"));
        assertEquals(added, index.findOrAdd(new String("/a/b")));
        assertNull(index.find("/a"));
        assertNull(index.find("/a/bc"));
        index.remove(added);
        assertNull(index.find("/a/b"));
        assertNotNull(index.findOrAdd("/a/b"));
    }
}
