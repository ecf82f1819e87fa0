package io.zookit.storage.mapdb;

import io.zookit.disk.DiskCalls;
import io.zookit.disk.RealDisk;
import io.zookit.spi.PluginContext;
import io.zookit.spi.Setting;
import io.zookit.spi.Settings;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.StorageProvider;
import java.util.List;

/** Provides the storage {@code mapdb}. */
public final class MapdbStorageProvider implements StorageProvider {
    private static final Setting SEGMENT_KILOBYTES = new Setting(
            "preAllocSize",
            "65536",
            "How large a log file is made in advance, in kilobytes, 4 to 1048576. So much room is needed twice.",
            List.of("preAllocSize"));
    private static final Setting FORCE_SYNC = new Setting(
            "forceSync",
            "yes",
            "Whether a write is on the disk before it is acknowledged. With no, a loss of power loses acknowledged writes.",
            List.of("forceSync"));
    private static final Setting DIRECT_WRITES = new Setting(
            "directWrites",
            "yes",
            "Whether the log goes to the disk without a copy in the page cache, where the file system can do that.",
            List.of());
    private static final Setting SYNC_WARNING_MILLIS = new Setting(
            "fsyncWarningThresholdMillis",
            "1000",
            "A warning is logged when forcing the log takes longer than this, in milliseconds.",
            List.of("fsync.warningthresholdms"));

    private static final int SEGMENT_KILOBYTES_MIN = 4;
    private static final int SEGMENT_KILOBYTES_MAX = 1024 * 1024;

    /** Called by the plugin loader. */
    public MapdbStorageProvider() {}

    @Override
    public String id() {
        return "mapdb";
    }

    @Override
    public List<Setting> settings() {
        return List.of(SEGMENT_KILOBYTES, FORCE_SYNC, DIRECT_WRITES, SYNC_WARNING_MILLIS);
    }

    @Override
    public Storage create(PluginContext context) {
        Settings settings = context.settings();
        long segmentBytes =
                1024 * settings.number(SEGMENT_KILOBYTES.name(), SEGMENT_KILOBYTES_MIN, SEGMENT_KILOBYTES_MAX);
        LogOptions options = new LogOptions(
                segmentBytes,
                settings.flag(FORCE_SYNC.name()),
                settings.number(SYNC_WARNING_MILLIS.name(), 0, Integer.MAX_VALUE));
        // Without force nothing waits for the disk, and so the page cache is the faster way.
        DiskCalls disk = new RealDisk(options.forceSync() && settings.flag(DIRECT_WRITES.name()));
        return new MapdbStorage(
                disk,
                context.dataDirectory(),
                context.logDirectory(),
                options,
                context.clock(),
                context.random().nextLong(),
                directory -> {
                    BackgroundSpares spares =
                            new BackgroundSpares(disk, directory, segmentBytes, context.threads("log-prefill"));
                    spares.start();
                    return spares;
                });
    }
}
