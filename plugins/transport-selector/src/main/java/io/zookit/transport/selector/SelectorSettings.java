package io.zookit.transport.selector;

import io.zookit.spi.Setting;
import io.zookit.spi.Settings;
import java.util.List;

/**
 * What can be set.
 *
 * @param tcpKeepAlive whether the system probes silent connections
 * @param closeTimeoutMillis how long a closing connection, or the whole transport, waits for the other end
 */
record SelectorSettings(boolean tcpKeepAlive, long closeTimeoutMillis) {
    static final List<Setting> DECLARED = List.of(
            new Setting(
                    "tcpKeepAlive",
                    "false",
                    "Whether the system probes connections that are silent for long.",
                    List.of("clientTcpKeepAlive")),
            new Setting(
                    "closeTimeoutMillis",
                    "5000",
                    "Milliseconds a closing connection waits for a client that does not take its last bytes.",
                    List.of("nio.shutdownTimeout")));

    static SelectorSettings read(Settings settings) {
        return new SelectorSettings(settings.flag("tcpKeepAlive"), settings.number("closeTimeoutMillis", 0, 3_600_000));
    }
}
