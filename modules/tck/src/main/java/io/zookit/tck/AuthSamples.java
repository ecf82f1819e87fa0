package io.zookit.tck;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Ids and credentials nobody means to send: edges, and small changes of good ones. The same seed gives the same samples. */
final class AuthSamples {
    private static final int CHANGES_OF_EACH = 200;
    private static final int LONG_CHARACTERS = 64 * 1024;
    private static final String TELLING = "/:.=,%-+0919afAF \t\n\0\u00e4\u0661\ud800*";

    private final SplittableRandom random;

    AuthSamples(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Texts in the place of an id. */
    List<String> ids(List<String> good) {
        List<String> ids =
                new ArrayList<>(List.of("", " ", "/", "//", ":", "::", ":::", ".", "...", "=", "%", "\0", "-1"));
        for (int i = 0; i < TELLING.length(); i++) {
            ids.add(TELLING.substring(i, i + 1).repeat(LONG_CHARACTERS));
        }
        for (String id : good) {
            for (int i = 0; i < CHANGES_OF_EACH; i++) {
                ids.add(changed(id));
            }
        }
        return ids;
    }

    /** Bytes in the place of credentials. */
    List<byte[]> credentials(List<byte[]> good) {
        List<byte[]> all = new ArrayList<>(
                List.of(new byte[0], new byte[1], new byte[] {-1, -64, -128}, ":".getBytes(StandardCharsets.US_ASCII)));
        byte[] noise = new byte[LONG_CHARACTERS];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) random.nextInt();
        }
        all.add(noise);
        for (byte[] credentials : good) {
            all.add(Arrays.copyOf(credentials, credentials.length / 2));
            all.add(Arrays.copyOf(credentials, credentials.length + 1));
        }
        return all;
    }

    /** One to three characters removed, inserted or replaced. */
    private String changed(String id) {
        StringBuilder changed = new StringBuilder(id);
        for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
            int at = random.nextInt(changed.length() + 1);
            int removed = Math.min(changed.length() - at, random.nextInt(2));
            String inserted = random.nextBoolean() ? "" : "" + TELLING.charAt(random.nextInt(TELLING.length()));
            changed.replace(at, at + removed, inserted);
        }
        return changed.toString();
    }

    /** Credentials as a test's message may show them: these are samples, not secrets. */
    static String shown(byte[] credentials) {
        return new String(credentials, StandardCharsets.UTF_8);
    }
}
