package io.zookit.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZnodePathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/", "/a", "/a/b", "/...", "/.a", "/a.", "/..a/b", "/a b", "/\u00e9", "/\uf900", "/\uffef", "/\u202e"
            })
    void legalPathsHaveNoProblem(String path) {
        assertNull(ZnodePath.problem(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "a", "a/b", "/a/", "//", "/a//b", "/.", "/..", "/a/./b", "/a/../b", "/\0", "/\u0001", "/\u001f",
                "/\u007f", "/\u009f", "/\ud800", "/\udfff", "/\uf8ff", "/\ufff0", "/\uffff"
            })
    void illegalPathsHaveOne(String path) {
        assertNotNull(ZnodePath.problem(path));
    }

    @Test
    void theProblemSaysWhatAndWhere() {
        assertEquals("the path is missing", ZnodePath.problem(null));
        assertEquals("empty component at position 3", ZnodePath.problem("/a//b"));
        assertEquals("relative component at position 3", ZnodePath.problem("/a/.."));
        assertEquals("character U+0007 at position 2 is not allowed", ZnodePath.problem("/a\u0007"));
    }

    @Test
    void parentNameAndChildFitTogether() {
        assertEquals("/", ZnodePath.parent("/a"));
        assertEquals("/a/b", ZnodePath.parent("/a/b/c"));
        assertEquals("c", ZnodePath.name("/a/b/c"));
        assertEquals("", ZnodePath.name("/"));
        assertEquals("/a", ZnodePath.child("/", "a"));
        assertEquals("/a/b", ZnodePath.child("/a", "b"));
    }

    @Test
    void theServersOwnZnodesAreReserved() {
        assertTrue(ZnodePath.isReserved("/"));
        assertTrue(ZnodePath.isReserved("/zookeeper/config"));
        assertFalse(ZnodePath.isReserved("/zookeeper/config/x"));
        assertFalse(ZnodePath.isReserved("/zookeepers"));
    }
}
