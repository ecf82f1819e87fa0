package io.zookit.cli;

import io.zookit.config.Config;
import io.zookit.kernel.Plugins;
import io.zookit.kernel.Surroundings;
import io.zookit.spi.storage.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Data on this machine: which storage keeps it, and where.
 *
 * @param text as it was written
 * @param config the configuration of a server with that data
 */
record Place(String text, Config config) {
    private static final Pattern FORM = Pattern.compile("([a-z][a-z0-9-]*):([^,]+)(?:,(.+))?");

    /**
     * @param text the path of a configuration file, or a storage's id, a colon, a data directory and, after a comma, one for logs
     */
    static Place parse(String text, Main main) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return new Place(text, Config.read(List.of(text), main.properties()));
        }
        Config.Builder builder =
                Config.builder().set("plugin.storage", form.group(1)).dataDir(Path.of(form.group(2)));
        if (form.group(3) != null) {
            builder.set("dataLogDir", Path.of(form.group(3)).toAbsolutePath());
        }
        return new Place(text, builder.build());
    }

    List<Path> directories() {
        return config.dataDir().equals(config.dataLogDir())
                ? List.of(config.dataDir())
                : List.of(config.dataDir(), config.dataLogDir());
    }

    /**
     * Opens data that is there. Like the start of a server it takes the lock and cuts off the end of an unfinished write.
     *
     * @throws ToolException when there is none; then nothing was changed
     */
    Opened open(Main main) {
        for (Path directory : directories()) {
            if (!Files.isDirectory(directory)) {
                throw new ToolException(directory + " does not exist: " + text + " names no data");
            }
        }
        Opened opened = openAny(main);
        if (opened.isEmpty()) {
            opened.undo();
            throw new ToolException(text + ": there is no data of this storage in "
                    + String.join(
                            " and ", directories().stream().map(Path::toString).toList())
                    + "; say which storage wrote it, such as files: for Apache's version-2");
        }
        return opened;
    }

    /**
     * Opens a place where no data is yet.
     *
     * @throws ToolException when there is some; then nothing was changed
     */
    Opened openEmpty(Main main) {
        Opened opened = openAny(main);
        if (!opened.isEmpty()) {
            opened.close();
            throw new ToolException(text + " holds data already; nothing was changed. Name a place without any");
        }
        return opened;
    }

    private Opened openAny(Main main) {
        Storage storage = Plugins.loadStorage(config, main.pluginSource(), Surroundings.ofMachine("tool"));
        Newcomers newcomers = Newcomers.since(directories());
        Opened opened = new Opened(storage, newcomers);
        try {
            storage.open();
            return opened;
        } catch (RuntimeException e) {
            opened.undo();
            throw e;
        }
    }

    /** An open storage, which can be left as if it had never been opened. */
    record Opened(Storage storage, Newcomers newcomers) implements AutoCloseable {
        boolean isEmpty() {
            return storage.log().lastZxid() == 0 && storage.snapshots().zxids().isEmpty();
        }

        /** Closes it and removes everything that has come since it was opened. */
        void undo() {
            try {
                storage.close();
            } finally {
                newcomers.remove();
            }
        }

        @Override
        public void close() {
            storage.close();
        }
    }
}
