package io.zookit.consensus.zab;

import io.zookit.spi.PluginContext;
import io.zookit.spi.Setting;
import io.zookit.zab.EmptyVote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server may do that has no data, or began with none and was not given all of it yet: it may be new, or it may have lost everything. Somebody who knows leaves a file in its data
 * directory; it is gone as soon as the server has got so far that it is no more needed.
 */
final class EmptyStart {
    static final Setting AUTOCREATE = new Setting(
            "autocreate",
            "true",
            "Whether a server without data votes as long as no other has data; false: only with the file initialize in dataDir.",
            List.of("db.autocreate"));

    private static final Logger LOG = LoggerFactory.getLogger(EmptyStart.class);

    private final Path marker;
    private final boolean autocreate;

    EmptyStart(PluginContext context) {
        this.marker = context.dataDirectory().resolve("initialize");
        this.autocreate = context.settings().flag(AUTOCREATE.name());
    }

    /** What its vote is worth at this start. */
    EmptyVote vote() {
        if (Files.exists(marker)) {
            return EmptyVote.ALWAYS;
        }
        return autocreate ? EmptyVote.AMONG_EMPTY : EmptyVote.NEVER;
    }

    /** Says why it does not vote. */
    void abstains(long serverId) {
        LOG.warn(
                "this server has no data, or was not given all of it, and server {} has some: it does not vote until a leader has given"
                        + " it the data. If there can be no leader without its vote, and nothing was lost here, make the empty file {} and"
                        + " start it again",
                serverId,
                marker);
    }

    /** It has what the ensemble has. */
    void done() {
        try {
            Files.deleteIfExists(marker);
        } catch (IOException e) {
            LOG.warn("{} cannot be removed ({}); remove it, it is needed no more", marker, e.toString());
        }
    }
}
