package io.zookit.storage.files;

import io.zookit.disk.RealDisk;
import io.zookit.spi.PluginContext;
import io.zookit.spi.Setting;
import io.zookit.spi.Settings;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.StorageProvider;
import java.util.List;

/** Provides the storage {@code files}. */
public final class FilesStorageProvider implements StorageProvider {
    private static final Setting GROWTH_KILOBYTES = new Setting(
            "preAllocSize",
            "65536",
            "By how much a log file grows ahead of what is written, in kilobytes, 4 to 1048576.",
            List.of("preAllocSize"));
    private static final Setting FORCE_SYNC = new Setting(
            "forceSync",
            "yes",
            "Whether a write is on the disk before it is acknowledged. With no, a loss of power loses acknowledged writes.",
            List.of("forceSync"));
    private static final Setting SYNC_WARNING_MILLIS = new Setting(
            "fsyncWarningThresholdMillis",
            "1000",
            "A warning is logged when forcing the log takes longer than this, in milliseconds.",
            List.of("fsync.warningthresholdms"));
    private static final Setting COMPRESSION = new Setting(
            "snapshotCompression",
            "none",
            "How snapshots are packed: none or gz.",
            List.of("snapshot.compression.method"));

    private static final int GROWTH_KILOBYTES_MIN = 4;
    private static final int GROWTH_KILOBYTES_MAX = 1024 * 1024;

    /** Called by the plugin loader. */
    public FilesStorageProvider() {}

    @Override
    public String id() {
        return "files";
    }

    @Override
    public List<Setting> settings() {
        return List.of(GROWTH_KILOBYTES, FORCE_SYNC, SYNC_WARNING_MILLIS, COMPRESSION);
    }

    @Override
    public Storage create(PluginContext context) {
        Settings settings = context.settings();
        LogOptions options = new LogOptions(
                1024 * settings.number(GROWTH_KILOBYTES.name(), GROWTH_KILOBYTES_MIN, GROWTH_KILOBYTES_MAX),
                settings.flag(FORCE_SYNC.name()),
                settings.number(SYNC_WARNING_MILLIS.name(), 0, Integer.MAX_VALUE));
        return new FilesStorage(
                new RealDisk(false),
                context.dataDirectory(),
                context.logDirectory(),
                options,
                packing(settings),
                context.clock());
    }

    private static String packing(Settings settings) {
        return switch (settings.text(COMPRESSION.name()).orElse("")) {
            case "none", "" -> "";
            case "gz" -> SnapshotLayout.GZIP;
            default -> throw settings.invalid(COMPRESSION.name(), "expected none or gz");
        };
    }
}
