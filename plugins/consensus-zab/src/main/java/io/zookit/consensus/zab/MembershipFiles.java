package io.zookit.consensus.zab;

import io.zookit.zab.Membership;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration files of a server whose ensemble changes: {@code zoo.cfg.dynamic.<version>} holds the members, and {@code zoo.cfg}
 * names it. A file is whole, old or new, at any time. What an ensemble has agreed on does not depend on them: a server that may not
 * write them goes by what it has stored.
 */
final class MembershipFiles {
    private static final Logger LOG = LoggerFactory.getLogger(MembershipFiles.class);

    /** The encoding of properties files. */
    private static final Charset ENCODING = StandardCharsets.ISO_8859_1;

    private static final String DYNAMIC = ".dynamic.";
    private static final String DYNAMIC_KEY = "dynamicConfigFile";

    private final Path file;

    /**
     * @param file the static file, {@code zoo.cfg}
     */
    MembershipFiles(Path file) {
        this.file = file;
    }

    /** The version a dynamic file has by its name: the hexadecimal number at its end, 0 when there is none. */
    static long versionOf(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1);
        try {
            return Long.parseLong(ending, 16);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /**
     * Writes a membership that counts. A failure is said, and harms nobody.
     *
     * @param ownClientPort whether the membership says where this server's clients connect: then the static file does not
     */
    void write(Membership membership, boolean ownClientPort) {
        try {
            Path dynamic = file.resolveSibling(file.getFileName() + DYNAMIC + Long.toHexString(membership.version()));
            replace(dynamic, withoutVersion(membership.text()));
            String old = Files.readString(file, ENCODING);
            String changed = pointingTo(dynamic, old, ownClientPort);
            if (!changed.equals(old)) {
                if (logicalLines(old).stream().noneMatch(line -> key(line).equals(DYNAMIC_KEY))) {
                    replace(file.resolveSibling(file.getFileName() + ".bak"), old);
                }
                replace(file, changed);
            }
            LOG.info("the members of the ensemble are written to {}", dynamic);
        } catch (IOException e) {
            LOG.warn(
                    "the members of the ensemble cannot be written beside {}: {}. This server goes by what it has stored; let it write"
                            + " there, or the file says what is not so",
                    file,
                    e.toString());
        }
    }

    private static String withoutVersion(String text) {
        return String.join(
                "\n", text.lines().filter(line -> !line.startsWith("version=")).toList());
    }

    /** The static file without what the dynamic one says, and with its name. All else stays as it is written. */
    static String pointingTo(Path dynamic, String text, boolean ownClientPort) {
        List<String> kept = new ArrayList<>();
        for (String line : logicalLines(text)) {
            String key = key(line);
            boolean gone = key.equals(DYNAMIC_KEY)
                    || key.matches("(server|group|weight)\\.[0-9]+")
                    || (ownClientPort && (key.equals("clientPort") || key.equals("clientPortAddress")));
            if (!gone) {
                kept.add(line);
            }
        }
        kept.add(DYNAMIC_KEY + "=" + escaped(dynamic.toString()) + "\n");
        return String.join("", kept);
    }

    /** Lines with their ends; one that ends with a backslash goes on in the next. */
    private static List<String> logicalLines(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        for (String line : text.lines().toList()) {
            open.append(line).append('\n');
            if (!goesOn(line)) {
                lines.add(open.toString());
                open.setLength(0);
            }
        }
        if (!open.isEmpty()) {
            lines.add(open.toString());
        }
        return lines;
    }

    private static boolean goesOn(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        boolean comment = line.strip().startsWith("#") || line.strip().startsWith("!");
        return backslashes % 2 == 1 && !comment;
    }

    private static String key(String line) {
        String[] parts = line.strip().split("[=:\\s]", 2);
        return parts[0];
    }

    private static String escaped(String path) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c < ' ' || c > '~') {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c == '\\' ? "\\\\" : String.valueOf(c));
            }
        }
        return escaped.toString();
    }

    /** Write, force, rename, force the directory: after a crash the old file is there, or the new one. */
    private static void replace(Path target, String text) throws IOException {
        Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(ENCODING));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path directory = target.toAbsolutePath().getParent();
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory)) {
                channel.force(true);
            }
        }
    }
}
