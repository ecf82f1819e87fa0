package io.zookit.transport.netty;

import io.zookit.spi.Setting;
import io.zookit.spi.Settings;
import java.util.List;
import java.util.Locale;

/**
 * What can be set.
 *
 * @param threads number of event loops, at least 1
 * @param polling which system interface the loops wait with
 * @param tcpKeepAlive whether the system probes silent connections
 * @param writeHighBytes reading from a connection pauses while more than this waits to be written to it
 * @param writeLowBytes reading goes on when no more than this is left
 * @param closeTimeoutMillis how long a closing connection, or the whole transport, waits for the other end
 */
record NettySettings(
        int threads,
        Polling polling,
        boolean tcpKeepAlive,
        long writeHighBytes,
        long writeLowBytes,
        long closeTimeoutMillis) {
    private static final long BYTES_MAX = 1L << 30;

    static final List<Setting> DECLARED = List.of(
            new Setting(
                    "threads",
                    "0",
                    "Number of event loop threads, 0 to 1024; 0 for half of the processors, at least one."),
            new Setting(
                    "nativeTransport",
                    "auto",
                    "auto uses epoll where the system has it, on insists on it, off uses the selector of the JDK."),
            new Setting(
                    "tcpKeepAlive",
                    "false",
                    "Whether the system probes connections that are silent for long.",
                    List.of("clientTcpKeepAlive")),
            new Setting(
                    "writeHighBytes",
                    "262144",
                    "Reading from a client pauses while more bytes than this wait to be written to it."),
            new Setting(
                    "writeLowBytes",
                    "65536",
                    "Reading goes on when no more bytes than this wait; at most writeHighBytes."),
            new Setting(
                    "closeTimeoutMillis",
                    "5000",
                    "Milliseconds a closing connection waits for a client that does not take its last bytes.",
                    List.of("nio.shutdownTimeout")));

    /** How event loops wait for the network. */
    enum Polling {
        /** epoll where the system has it, else the JDK's selector. */
        AUTO,
        /** epoll or failure. */
        ON,
        /** The JDK's selector. */
        OFF
    }

    static NettySettings read(Settings settings) {
        int asked = (int) settings.number("threads", 0, 1024);
        int threads = asked > 0 ? asked : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        long high = settings.number("writeHighBytes", 1, BYTES_MAX);
        long low = settings.number("writeLowBytes", 0, BYTES_MAX);
        if (low > high) {
            throw settings.invalid("writeLowBytes", "expected at most writeHighBytes, which is " + high);
        }
        return new NettySettings(
                threads,
                polling(settings),
                settings.flag("tcpKeepAlive"),
                high,
                low,
                settings.number("closeTimeoutMillis", 0, 3_600_000));
    }

    private static Polling polling(Settings settings) {
        return switch (settings.text("nativeTransport").orElse("auto").toLowerCase(Locale.ROOT)) {
            case "auto" -> Polling.AUTO;
            case "on" -> Polling.ON;
            case "off" -> Polling.OFF;
            default -> throw settings.invalid("nativeTransport", "expected auto, on or off");
        };
    }
}
