package io.zookit.fuzz;

import io.zookit.model.Acl;
import io.zookit.model.Id;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Values as an attacker would choose them: bounds, one off them, and now and then a sensible one. All follow from one seed. */
public final class Chance {
    private static final int[] INTS = {
        0,
        1,
        -1,
        -2,
        2,
        31,
        127,
        128,
        255,
        65_535,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 1,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE - 1,
        0xfffff,
        1 << 20
    };
    private static final long[] LONGS = {
        0,
        1,
        -1,
        -2,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        Long.MAX_VALUE,
        Long.MAX_VALUE - 1,
        1L << 32,
        0xffffffffL,
        0x10000_0000L - 1,
        1L << 56
    };
    private static final String[] PATHS = {
        "",
        "/",
        "//",
        "/a",
        "/a/b",
        "/a/",
        "a",
        "/.",
        "/..",
        "/a/./b",
        "/a/../b",
        "/zookeeper",
        "/zookeeper/quota",
        "/zookeeper/config",
        "/a\0b",
        "/\u0001",
        "/\u007f",
        "/\u0085",
        "/\ufff0",
        "/\uffff",
        "/\u202e",
        "/\ud83d\ude00",
        "/\u00e4",
        "/\u6f22",
        "/a//b",
        " ",
        "/ "
    };
    private static final String[] SCHEMES = {
        "world", "auth", "digest", "ip", "super", "x509", "sasl", "", "nosuch", "\0"
    };
    private static final String[] IDS = {
        "anyone", "", "user:hash", "127.0.0.1", "10.0.0.0/8", "::1/200", "\ud83d\ude00", "\0"
    };
    private static final int DEEP = 400;

    private final SplittableRandom random;

    /**
     * @param seed everything follows from it
     */
    public Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    /** True once in so many times. */
    public boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** A number from 0 up to below a bound. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** Any of these. */
    @SafeVarargs
    public final <T> T of(T... values) {
        return values[random.nextInt(values.length)];
    }

    /** An int at a bound, or any. */
    public int anyInt() {
        return oneIn(4) ? random.nextInt() : INTS[random.nextInt(INTS.length)];
    }

    /** A long at a bound, or any. */
    public long anyLong() {
        return oneIn(4) ? random.nextLong() : LONGS[random.nextInt(LONGS.length)];
    }

    /** Bytes, mostly few. */
    public byte[] anyBytes() {
        byte[] bytes = new byte[oneIn(50) ? random.nextInt(5_000) : random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A path, mostly a bad one; every character of it can be encoded. */
    public String path() {
        if (oneIn(200)) {
            return "/d".repeat(random.nextInt(DEEP));
        }
        return oneIn(10)
                ? PATHS[random.nextInt(PATHS.length)] + PATHS[random.nextInt(PATHS.length)]
                : PATHS[random.nextInt(PATHS.length)];
    }

    /** Bytes that are no UTF-8, or hardly. */
    public byte[] brokenText() {
        byte[] broken = of(
                new byte[] {'/', (byte) 0xc0, (byte) 0xaf},
                new byte[] {'/', (byte) 0xe0, (byte) 0x80, (byte) 0xaf},
                new byte[] {'/', (byte) 0xed, (byte) 0xa0, (byte) 0xbd, (byte) 0xed, (byte) 0xb8, (byte) 0x80},
                new byte[] {'/', (byte) 0xf8, (byte) 0x88, (byte) 0x80, (byte) 0x80, (byte) 0x80},
                new byte[] {'/', (byte) 0xff, (byte) 0xfe},
                new byte[] {(byte) 0x80},
                new byte[] {'/', (byte) 0xe6, (byte) 0xbc});
        return oneIn(3) ? join(path().getBytes(StandardCharsets.UTF_8), broken) : broken;
    }

    /** A few paths. */
    public List<String> paths() {
        int count = oneIn(40) ? random.nextInt(300) : random.nextInt(5);
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            paths.add(path());
        }
        return paths;
    }

    /** A few ACL entries. */
    public List<Acl> acls() {
        int count = oneIn(40) ? random.nextInt(100) : random.nextInt(4);
        List<Acl> acls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            acls.add(new Acl(anyInt(), new Id(of(SCHEMES), of(IDS))));
        }
        return acls;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
