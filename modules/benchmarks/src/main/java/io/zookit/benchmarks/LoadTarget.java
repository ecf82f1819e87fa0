package io.zookit.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** What can be put under load: a server, or the servers of an ensemble together. */
interface LoadTarget extends AutoCloseable {
    /** Some work of the driver. */
    interface Load {
        LoadResult run() throws IOException;
    }

    /** What the table calls it. */
    String name();

    /** Where clients connect. */
    List<InetSocketAddress> addresses();

    /** The process ids. */
    List<Long> processes();

    /**
     * Puts it under load.
     *
     * @throws IOException when that fails; the message also says how it is and what it wrote last
     */
    LoadResult under(Load load) throws IOException;

    /** Asks it to end, and after a while insists. */
    @Override
    void close();
}
