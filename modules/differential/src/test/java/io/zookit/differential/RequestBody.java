package io.zookit.differential;

import io.zookit.model.Acl;
import io.zookit.wire.JuteWriter;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The bodies of requests as bytes (client protocol, operations). */
final class RequestBody {
    private RequestBody() {}

    /**
     * A text as it travels; not a String, because clients may send bytes that are no text.
     *
     * @param utf8 {@code null} for the null string
     */
    record Text(byte @Nullable [] utf8) {}

    /** ACL entries as they travel; {@code null} for the null vector. */
    record AclList(@Nullable List<Acl> entries) {}

    static byte[] of(Consumer<JuteWriter> content) {
        JuteWriter writer = new JuteWriter(64);
        content.accept(writer);
        return writer.toByteArray();
    }

    static byte[] path(Text path) {
        return of(writer -> writer.writeBuffer(path.utf8()));
    }

    static byte[] pathAndFlag(Text path, boolean flag) {
        return of(writer -> {
            writer.writeBuffer(path.utf8());
            writer.writeBoolean(flag);
        });
    }

    /** Of delete, check (a version), checkWatches, removeWatches (a type) and addWatch (a mode). */
    static byte[] pathAndNumber(Text path, int number) {
        return of(writer -> {
            writer.writeBuffer(path.utf8());
            writer.writeInt(number);
        });
    }

    static byte[] create(Text path, byte @Nullable [] data, AclList acl, int flags) {
        return of(writer -> create(writer, path, data, acl, flags));
    }

    static byte[] createTtl(Text path, byte @Nullable [] data, AclList acl, int flags, long ttlMillis) {
        return of(writer -> {
            create(writer, path, data, acl, flags);
            writer.writeLong(ttlMillis);
        });
    }

    private static void create(JuteWriter writer, Text path, byte @Nullable [] data, AclList acl, int flags) {
        writer.writeBuffer(path.utf8());
        writer.writeBuffer(data);
        acls(writer, acl);
        writer.writeInt(flags);
    }

    static byte[] setData(Text path, byte @Nullable [] data, int version) {
        return of(writer -> {
            writer.writeBuffer(path.utf8());
            writer.writeBuffer(data);
            writer.writeInt(version);
        });
    }

    static byte[] setAcl(Text path, AclList acl, int version) {
        return of(writer -> {
            writer.writeBuffer(path.utf8());
            acls(writer, acl);
            writer.writeInt(version);
        });
    }

    private static void acls(JuteWriter writer, AclList acl) {
        List<Acl> entries = acl.entries();
        if (entries == null) {
            writer.writeInt(-1);
        } else {
            writer.writeAcls(entries);
        }
    }

    /** Of setWatches (three lists) and setWatches2 (five). */
    static byte[] watches(long relativeZxid, List<List<Text>> lists) {
        return of(writer -> {
            writer.writeLong(relativeZxid);
            for (List<Text> list : lists) {
                writer.writeInt(list.size());
                list.forEach(path -> writer.writeBuffer(path.utf8()));
            }
        });
    }

    static byte[] auth(String scheme, byte @Nullable [] credentials) {
        return of(writer -> {
            writer.writeInt(0);
            writer.writeString(scheme);
            writer.writeBuffer(credentials);
        });
    }

    static byte[] reconfig(@Nullable String joining, @Nullable String leaving, @Nullable String members, long config) {
        return of(writer -> {
            writer.writeString(joining);
            writer.writeString(leaving);
            writer.writeString(members);
            writer.writeLong(config);
        });
    }

    /**
     * One part of a multi.
     *
     * @param type the number of its operation
     * @param body its request
     * @param text for reports
     */
    record Part(int type, byte[] body, String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /** Of multi and multiRead: parts, then the header that ends them. */
    static byte[] multi(List<Part> parts) {
        return of(writer -> {
            for (Part part : parts) {
                multiHeader(writer, part.type(), false);
                writer.writeRaw(part.body(), 0, part.body().length);
            }
            multiHeader(writer, -1, true);
        });
    }

    private static void multiHeader(JuteWriter writer, int type, boolean done) {
        writer.writeInt(type);
        writer.writeBoolean(done);
        writer.writeInt(-1);
    }
}
