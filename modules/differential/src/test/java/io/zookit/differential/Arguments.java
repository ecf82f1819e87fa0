package io.zookit.differential;

import io.zookit.differential.RequestBody.AclList;
import io.zookit.differential.RequestBody.Text;
import io.zookit.model.Acl;
import io.zookit.model.Id;
import io.zookit.model.Permissions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What requests are about: few paths, so that they meet; every kind of invalid one; versions, data and ACLs that are right, nearly right
 * or absurd.
 */
final class Arguments {
    private static final String[] PATHS = {
        "/a",
        "/a/b",
        "/a/b/c",
        "/a/b/c/d",
        "/a/e",
        "/a/f",
        "/d",
        "/d/x",
        "/d/x/y",
        "/d/z",
        "/g",
        "/g/\u00e9\u4e2d",
        "/g/ h",
    };
    private static final String[] BEFORE_SUFFIX = {"/seq-", "/a/n", "/a/b/", "/d/", "/g/q-", "/"};
    private static final String[] SEQUENTIAL = {
        "/a/n0000000000", "/a/n0000000001", "/d/0000000000", "/d/0000000001", "/a/b/0000000000", "/g/q-0000000000",
    };
    private static final String[] RESERVED = {
        "/",
        "/zookeeper",
        "/zookeeper/quota",
        "/zookeeper/config",
        "/zookeeper/quota/a",
        "/zookeeper/b",
        "/zookeeper/config/c",
        "/zookeeperx",
    };
    private static final String[] INVALID = {
        "",
        "a",
        "a/b",
        "//",
        "/a//b",
        "/a/",
        "/a/b/",
        "/.",
        "/..",
        "/a/.",
        "/a/./b",
        "/a/../b",
        "/a/..",
        "/...",
        "/a/.b",
        "/a/\0",
        "/\0",
        "\0",
        "/a\0b",
        "/\u0001",
        "/a/\u001f",
        "/\u007f",
        "/\u0080",
        "/\u009f",
        "/\u00a0",
        "/a/\ue000",
        "/\uf8ff",
        "/\uf900",
        "/\ufff0",
        "/\uffff",
        "/\uffef",
        "/a/b/c/",
        " ",
        "/ ",
        ".",
        "/a /b",
        "/zookeeper/",
        "/a\n",
    };
    /** UTF-8 that is not what this language would write: a surrogate pair, a lone surrogate, broken bytes, an overlong slash. */
    private static final String[] BYTES = {"2ff09f9880", "2feda080", "2fff", "2f61c3", "2fc0af", "61ff", "2f61fe62"};

    private static final String[] CREDENTIALS = {"alice:secret", "bob:secret", ServerPair.SUPER_CREDENTIALS};
    private static final Id ALICE = new Id("digest", "alice:aYXlLOpEooaV1cRAvUL1fp9Qt7E=");
    private static final Id[] IDS = {
        Id.ANYONE,
        Id.ANYONE,
        ALICE,
        new Id("digest", "bob:fyVmFCwVbTJYrznoSu1koqYEYF0="),
        new Id("auth", ""),
        new Id("auth", "x"),
        new Id("ip", "127.0.0.1"),
        new Id("ip", "127.0.0.0/8"),
        new Id("ip", "10.0.0.1"),
    };
    private static final Id[] STRANGE_IDS = {
        new Id("world", "nobody"),
        new Id("world", ""),
        new Id("", ""),
        new Id("", "anyone"),
        new Id("nosuch", "x"),
        new Id("digest", "alice"),
        new Id("digest", "a:b:c"),
        new Id("digest", ":"),
        new Id("digest", ""),
        new Id("ip", "localhost"),
        new Id("ip", "127.0.0.1/33"),
        new Id("ip", "127.0.0.1/0"),
        new Id("ip", "127.0.0.1/-1"),
        new Id("ip", "127.0.0.1/x"),
        new Id("ip", "127.0.0.1/8/8"),
        new Id("ip", "1.2.3"),
        new Id("ip", "256.0.0.1"),
        new Id("ip", "::1"),
        new Id("ip", "::1/128"),
        new Id("ip", "0:0:0:0:0:0:0:1"),
        new Id("ip", ""),
        new Id("super", ""),
        new Id("super", "x"),
        new Id("x509", "CN=a"),
        new Id("sasl", "alice"),
    };
    private static final int[] STRANGE_PERMISSIONS = {0, -1, 32, 63, Integer.MIN_VALUE, 3, 12, 9};
    private static final int[] STRANGE_NUMBERS = {-2, -100, Integer.MIN_VALUE, Integer.MAX_VALUE, 100};

    private final SplittableRandom random;
    private final boolean strange;

    /**
     * @param random decides everything
     * @param strange whether there is also what the two servers answer differently on purpose, such as null paths
     */
    Arguments(SplittableRandom random, boolean strange) {
        this.random = random;
        this.strange = strange;
    }

    /** As {@link #rarely}, of what the two servers answer differently on purpose. */
    boolean strangely(int times) {
        return strange && rarely(times);
    }

    /** One time of so many. */
    boolean rarely(int times) {
        return random.nextInt(times) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T oneOf(T[] values) {
        return values[random.nextInt(values.length)];
    }

    int oneOf(int... values) {
        return values[random.nextInt(values.length)];
    }

    /** A path for a request that could succeed with it, mostly. */
    Text path() {
        int kind = random.nextInt(40);
        if (kind < 28) {
            return text(oneOf(PATHS));
        } else if (kind < 33) {
            return text(oneOf(SEQUENTIAL));
        } else if (kind < 36) {
            return text(oneOf(RESERVED));
        }
        return strangePath();
    }

    private Text strangePath() {
        int kind = random.nextInt(20);
        if (kind == 0 && strange) {
            return new Text(null);
        } else if (kind < 4) {
            return new Text(HexFormat.of().parseHex(oneOf(BYTES)));
        } else if (kind == 4) {
            return text("/" + "long".repeat(1 + random.nextInt(200)));
        }
        return text(oneOf(INVALID));
    }

    /** A path for a create request with these flags. */
    Text pathToCreate(int flags) {
        boolean sequential = flags == 2 || flags == 3 || flags == 6;
        return sequential && !rarely(6) ? text(oneOf(BEFORE_SUFFIX)) : path();
    }

    private static Text text(String value) {
        return new Text(value.getBytes(StandardCharsets.UTF_8));
    }

    /** How a report shows it. */
    static String shown(Text path) {
        byte[] utf8 = path.utf8();
        if (utf8 == null) {
            return "null";
        }
        String text = new String(utf8, StandardCharsets.UTF_8);
        boolean plain = text.chars().allMatch(c -> c >= ' ' && c < 127);
        return plain ? '"' + text + '"' : "hex " + HexFormat.of().formatHex(utf8);
    }

    byte @Nullable [] data() {
        int kind = random.nextInt(10);
        if (kind == 0) {
            return null;
        } else if (kind == 1) {
            return new byte[0];
        }
        byte[] data = new byte[1 + random.nextInt(kind == 2 ? 5_000 : 40)];
        random.nextBytes(data);
        return data;
    }

    /** A version that may be the right one. */
    int version() {
        int kind = random.nextInt(10);
        if (kind < 5) {
            return -1;
        }
        return kind < 9 ? random.nextInt(4) : oneOf(STRANGE_NUMBERS);
    }

    /** The flags of a create request. */
    int flags() {
        int kind = random.nextInt(30);
        if (kind < 12) {
            return 0;
        } else if (kind < 28) {
            return 1 + random.nextInt(4);
        }
        return rarely(2) ? 5 + random.nextInt(2) : oneOf(-1, 7, 8, Integer.MAX_VALUE, Integer.MIN_VALUE);
    }

    long ttlMillis() {
        long[] values = {
            86_400_000L, 1_000_000_000L, 0xff_ffff_ffffL, 0x100_0000_0000L, 0, -1, -5, Long.MIN_VALUE, Long.MAX_VALUE
        };
        return values[rarely(2) ? 0 : random.nextInt(values.length)];
    }

    AclList acl() {
        int kind = random.nextInt(20);
        if (kind < 10) {
            return new AclList(Acl.OPEN_UNSAFE);
        } else if (kind == 10) {
            return new AclList(strange && rarely(2) ? null : List.of());
        }
        List<Acl> entries = new ArrayList<>();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            Id id = rarely(6) ? oneOf(STRANGE_IDS) : oneOf(IDS);
            int permissions = rarely(2) ? Permissions.ALL : random.nextInt(32);
            entries.add(new Acl(rarely(12) ? oneOf(STRANGE_PERMISSIONS) : permissions, id));
        }
        return new AclList(entries);
    }

    String credentials() {
        return oneOf(CREDENTIALS);
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
