package io.zookit.storage.files;

import io.zookit.disk.DiskCalls;
import io.zookit.disk.DiskFailure;
import io.zookit.spi.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of files: a word, a dot, a zxid in hexadecimal without leading zeros, and for some snapshots how they are packed. */
final class FileNames {
    static final String LOG = "log";
    static final String SNAPSHOT = "snapshot";

    private static final Pattern FORM = Pattern.compile("([a-z]+)\\.([0-9a-fA-F]{1,16})(\\.[a-z0-9]+)?");

    /**
     * A file with a zxid in its name.
     *
     * @param name the whole name
     * @param zxid the zxid
     * @param packing what follows the zxid, such as {@code .gz}; empty for nothing
     */
    record Numbered(String name, long zxid, String packing) {}

    private FileNames() {}

    static String of(String word, long zxid) {
        return word + "." + Long.toHexString(zxid);
    }

    /**
     * The files whose name begins with a word, by zxid and then by packing, ascending.
     *
     * @throws StorageException when the directory cannot be read
     */
    static List<Numbered> list(DiskCalls disk, Path directory, String word) {
        List<Numbered> files = new ArrayList<>();
        try {
            for (String name : disk.list(directory)) {
                Matcher form = FORM.matcher(name);
                if (form.matches() && form.group(1).equals(word)) {
                    String packing = form.group(3) == null ? "" : form.group(3);
                    files.add(new Numbered(name, Long.parseUnsignedLong(form.group(2), 16), packing));
                }
            }
        } catch (IOException e) {
            throw DiskFailure.of("list", directory, e);
        }
        files.sort(Comparator.comparingLong(Numbered::zxid).thenComparing(Numbered::packing));
        return files;
    }
}
