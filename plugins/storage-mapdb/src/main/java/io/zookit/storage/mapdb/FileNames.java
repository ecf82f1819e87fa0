package io.zookit.storage.mapdb;

import io.zookit.disk.DiskCalls;
import io.zookit.disk.DiskFailure;
import io.zookit.spi.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The names of our files: a word, a dot and a zxid in 16 hexadecimal digits, so that the order of names is that of zxids. */
final class FileNames {
    static final String LOG = "log.";
    static final String SNAPSHOT = "snapshot.";

    private static final int DIGITS = 16;

    private FileNames() {}

    static String of(String prefix, long zxid) {
        String digits = Long.toHexString(zxid);
        return prefix + "0".repeat(DIGITS - digits.length()) + digits;
    }

    /**
     * The zxids of all files with a prefix, ascending.
     *
     * @throws StorageException when the directory cannot be read
     */
    static List<Long> zxids(DiskCalls disk, Path directory, String prefix) {
        List<Long> zxids = new ArrayList<>();
        try {
            for (String name : disk.list(directory)) {
                if (name.startsWith(prefix) && name.substring(prefix.length()).matches("[0-9a-f]{16}")) {
                    zxids.add(Long.parseUnsignedLong(name.substring(prefix.length()), 16));
                }
            }
        } catch (IOException e) {
            throw DiskFailure.of("list", directory, e);
        }
        Collections.sort(zxids);
        return zxids;
    }
}
