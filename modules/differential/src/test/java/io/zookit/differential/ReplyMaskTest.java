package io.zookit.differential;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.zookit.model.Acl;
import io.zookit.model.Id;
import io.zookit.model.OpCode;
import io.zookit.model.Stat;
import io.zookit.wire.JuteWriter;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ReplyMaskTest {
    private static final long SESSION = 77;

    private final ReplyMask mask = new ReplyMask(session -> session == SESSION ? 1 : session);

    private static byte[] bytes(Consumer<JuteWriter> content) {
        return RequestBody.of(content);
    }

    private static Stat stat(long ctime, long mtime, long owner) {
        return new Stat(11, 12, ctime, mtime, 1, 2, 3, owner, 4, 5, 13);
    }

    @Test
    void ofAStatTimesAndOwnerAreMaskedAndNothingElse() {
        assertArrayEquals(
                bytes(writer -> writer.writeStat(stat(1, 0, 1))),
                mask.masked(
                        OpCode.EXISTS.code(), bytes(writer -> writer.writeStat(stat(1_700_000_000_000L, 0, SESSION)))));
        assertArrayEquals(
                bytes(writer -> writer.writeStat(stat(1, 1, 0))),
                mask.masked(OpCode.SET_DATA.code(), bytes(writer -> writer.writeStat(stat(5, 6, 0)))));
    }

    @Test
    void namesOfChildrenAreSortedAndDataAreNotTouched() {
        assertArrayEquals(
                bytes(writer -> writer.writeStrings(List.of("a", "b", "c"))),
                mask.masked(OpCode.GET_CHILDREN.code(), bytes(writer -> writer.writeStrings(List.of("c", "a", "b")))));
        byte[] data = bytes(writer -> {
            writer.writeBuffer(new byte[] {3, 2, 1});
            writer.writeStat(stat(1, 1, 0));
        });
        assertArrayEquals(data, mask.masked(OpCode.GET_DATA.code(), data));
    }

    @Test
    void ofAnAclOnlyNeighboursThatOneEntryMayHaveBecomeAreSorted() {
        Acl world = new Acl(31, new Id("world", "anyone"));
        assertArrayEquals(
                acl(world, digest(31, "a"), digest(31, "b"), digest(1, "a"), world, digest(1, "a"), world),
                mask.masked(
                        OpCode.GET_ACL.code(),
                        acl(world, digest(31, "b"), digest(31, "a"), digest(1, "a"), world, digest(1, "a"), world)));
        byte[] kept =
                acl(digest(31, "b"), digest(1, "a"), new Acl(1, new Id("ip", "2")), new Acl(1, new Id("ip", "1")));
        assertArrayEquals(kept, mask.masked(OpCode.GET_ACL.code(), kept));
        byte[] none = acl();
        assertArrayEquals(none, mask.masked(OpCode.GET_ACL.code(), none));
    }

    private static Acl digest(int permissions, String id) {
        return new Acl(permissions, new Id("digest", id));
    }

    private static byte[] acl(Acl... entries) {
        return bytes(writer -> {
            writer.writeAcls(List.of(entries));
            writer.writeStat(stat(1, 1, 0));
        });
    }

    @Test
    void whatIsNotOfTheFormStaysAsItIs() {
        byte[] odd = {0, 0, 0, 9, 1};
        for (OpCode code : OpCode.values()) {
            assertArrayEquals(odd, mask.masked(code.code(), odd), code.toString());
        }
        byte[] longer = bytes(writer -> {
            writer.writeStat(stat(1, 1, 0));
            writer.writeInt(42);
        });
        assertArrayEquals(longer, mask.masked(OpCode.SET_ACL.code(), longer));
    }
}
