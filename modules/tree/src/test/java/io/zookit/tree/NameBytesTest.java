package io.zookit.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
        byte[] content = Znode.content(path, 1, path.length(), 2);
        content[content.length - 2] = 5;
        content[content.length - 1] = 6;
        PersistedStat stat = new PersistedStat(1, 1, 0, 0, 0, 0, 0, 0, 1);
        Znode node = new Znode(stat, content, true, false, false, new AclTable().use(Acl.OPEN_UNSAFE));
        assertEquals(path.substring(1), node.name());
        assertEquals(2, node.dataLength());
        assertEquals(5, node.content()[node.dataOffset()]);
        byte[] other = node.contentWithRoom(3);
        assertEquals(content.length + 1, other.length);
        assertArrayEquals(Arrays.copyOf(content, node.dataOffset()), Arrays.copyOf(other, node.dataOffset()));
    }
}
