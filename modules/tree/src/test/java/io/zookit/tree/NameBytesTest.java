package io.zookit.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameBytesTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "a", "node-0000000001", "é", "\u0080\u07ff\u0800\ud7ff\uf900\uffef", "a漢b字é"})
    void areTheUtf8OfTheName(String name) {
        String path = "/x/" + name + "/y";
        int to = 3 + name.length();
        byte[] expected = name.getBytes(StandardCharsets.UTF_8);
        assertEquals(expected.length, NameBytes.length(path, 3, to));
        byte[] bytes = new byte[expected.length + 2];
        assertEquals(expected.length + 1, NameBytes.write(path, 3, to, bytes, 1));
        assertArrayEquals(expected, Arrays.copyOfRange(bytes, 1, bytes.length - 1));
        assertTrue(NameBytes.equal(bytes, 1, expected.length, path, 3, to));
        assertEquals(name, NameBytes.text(bytes, 1, expected.length));
        NameHash hash = new NameHash(3);
        assertEquals(hash.of(name, 0, name.length()), hash.of(path, 3, to));
    }

    @Test
    void ofOtherNamesAreNotEqual() {
        String[] names = {"a", "b", "ab", "é", "è", "éa", "漢", "字", "漢字", "Ã©"};
        for (String one : names) {
            byte[] bytes = one.getBytes(StandardCharsets.UTF_8);
            for (String other : names) {
                boolean equal = NameBytes.equal(bytes, 0, bytes.length, other, 0, other.length());
                assertEquals(one.equals(other), equal, one + " and " + other);
            }
        }
    }

    @Test
    void cutShortAreNotEqualAndNotReadPastTheirEnd() {
        byte[] bytes = "漢".getBytes(StandardCharsets.UTF_8);
        assertFalse(NameBytes.equal(bytes, 0, 2, "漢", 0, 1));
        assertFalse(NameBytes.equal(bytes, 0, 1, "é", 0, 1));
        assertFalse(NameBytes.equal(new byte[0], 0, 0, "a", 0, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 129, 16_383, 16_384, 100_000})
    void ofAnyLengthShareOneArrayWithTheData(int length) {
        String path = "/" + "n".repeat(length);
        PersistedStat stat = new PersistedStat(1, 1, 0, 0, 0, 0, 0, 0, 1);
        Znode node = new Znode(stat, path, 1, new byte[] {5, 6}, false, false, new AclTable().use(Acl.OPEN_UNSAFE));
        assertEquals(path.substring(1), node.name());
        assertArrayEquals(new byte[] {5, 6}, data(node));
        byte[] before = node.content().clone();
        byte[] held = node.content();
        for (byte[] next :
                new byte[][] {{7, 8}, {7, 8, 9}, {}, null, {1}, new byte[511], new byte[512], {2}, new byte[600]}) {
            node.setData(next, 2, 2, 1);
            assertEquals(next == null ? -1 : next.length, node.dataLength());
            assertArrayEquals(next == null ? new byte[0] : next, data(node));
            assertEquals(path.substring(1), node.name());
        }
        assertArrayEquals(before, held, "what a snapshot may hold is not written to");
    }

    @Test
    void areAloneInTheirArrayWhenTheDataIsLong() {
        byte[] data = new byte[1024];
        PersistedStat stat = new PersistedStat(1, 1, 0, 0, 0, 0, 0, 0, 1);
        Znode node = new Znode(stat, "/a/b", 3, data, false, false, new AclTable().use(Acl.OPEN_UNSAFE));
        assertSame(data, node.content());
        assertEquals(0, node.dataOffset());
        assertEquals(1024, node.dataLength());
        assertEquals("b", node.name());
    }

    private static byte[] data(Znode node) {
        return Arrays.copyOfRange(node.content(), node.dataOffset(), node.dataOffset() + node.dataBytes());
    }
}
