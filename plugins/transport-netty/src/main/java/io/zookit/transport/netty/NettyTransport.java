package io.zookit.transport.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import io.zookit.model.Check;
import io.zookit.spi.transport.ConnectionHandler;
import io.zookit.spi.transport.Transport;
import io.zookit.spi.transport.TransportException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transport. Its loops are made by the first call that needs them, so that tasks run before it listens; the first loop also
 * accepts.
 */
final class NettyTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(NettyTransport.class);

    private static final int FREED_ATTEMPTS = 200;
    private static final int FREED_PAUSE_MILLIS = 5;

    private final NettySettings settings;
    private final ThreadFactory threads;
    private volatile @Nullable EventLoops loops;
    // Guarded by this, as all below.
    private Map<EventLoop, LoopRound> rounds = Map.of();
    private @Nullable ServerBootstrap bootstrap;
    private @Nullable Channel listening;
    private boolean closed;

    NettyTransport(NettySettings settings, ThreadFactory threads) {
        this.settings = settings;
        this.threads = threads;
    }

    @Override
    public synchronized InetSocketAddress start(InetSocketAddress address, int backlog, ConnectionHandler handler) {
        Check.state(!closed && listening == null, "A transport listens once");
        EventLoops on = openLoops();
        Map<EventLoop, LoopRound> made = new HashMap<>();
        for (EventLoop loop : on.all()) {
            made.put(loop, new LoopRound((SingleThreadEventLoop) loop, handler));
        }
        ServerBootstrap making = bootstrap(on, backlog, new ConnectionInitializer(made, settings));
        Channel bound;
        try {
            bound = bind(making, address);
        } catch (TransportException failure) {
            made.values().forEach(LoopRound::release);
            throw failure;
        }
        rounds = made;
        bootstrap = making;
        listening = bound;
        LOG.info(
                "Listening on {} with {} event loops ({})",
                bound.localAddress(),
                settings.threads(),
                on.serverChannelType().getSimpleName());
        return (InetSocketAddress) bound.localAddress();
    }

    private static Channel bind(ServerBootstrap bootstrap, InetSocketAddress address) {
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        Throwable reason = bound.cause();
        if (reason != null) {
            throw new TransportException(BindFailure.message(address, reason), reason);
        }
        return bound.channel();
    }

    @Override
    public synchronized InetSocketAddress listenAt(InetSocketAddress address) {
        Channel before = listening;
        ServerBootstrap making = bootstrap;
        if (closed || before == null || making == null) {
            throw new IllegalStateException("A transport that does not listen cannot listen elsewhere");
        }
        InetSocketAddress old = (InetSocketAddress) before.localAddress();
        if (old.getPort() == address.getPort()) {
            // One port can be listened on once, whatever the address before it.
            before.close().awaitUninterruptibly();
            try {
                listening = bindFreed(making, address);
            } catch (TransportException failure) {
                listening = bindFreed(making, old);
                throw failure;
            }
        } else {
            listening = bind(making, address);
            before.close().awaitUninterruptibly();
        }
        InetSocketAddress bound = (InetSocketAddress) listening.localAddress();
        LOG.info("Listening on {}, no more on {}", bound, old);
        return bound;
    }

    /** Binds a port that was just let go of: with NIO the system has it back only after the loop's next look at its channels. */
    private static Channel bindFreed(ServerBootstrap bootstrap, InetSocketAddress address) {
        for (int attempt = 1; attempt < FREED_ATTEMPTS; attempt++) {
            try {
                return bind(bootstrap, address);
            } catch (TransportException notYet) {
                if (!BindFailure.isInUse(notYet.getCause())) {
                    throw notYet;
                }
                LOG.debug("Once more: {}", notYet.getMessage());
                bootstrap
                        .config()
                        .group()
                        .schedule(() -> {}, FREED_PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                        .awaitUninterruptibly();
            }
        }
        return bind(bootstrap, address);
    }

    private ServerBootstrap bootstrap(EventLoops on, int backlog, ConnectionInitializer initializer) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(on.first(), on.group())
                .channel(on.serverChannelType())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, settings.tcpKeepAlive())
                // Clients of the four-letter words finish their side before they read the answer.
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(initializer);
        if (backlog >= 0) {
            bootstrap.option(ChannelOption.SO_BACKLOG, backlog);
        }
        return bootstrap;
    }

    @Override
    public void execute(Runnable task) {
        EventLoops on = loops;
        if (on == null) {
            synchronized (this) {
                if (closed) {
                    return;
                }
                on = openLoops();
            }
        }
        try {
            on.first().execute(task);
        } catch (RejectedExecutionException ended) {
            LOG.debug("Dropped a task: the transport is closed");
        }
    }

    private synchronized EventLoops openLoops() {
        EventLoops on = loops;
        if (on == null) {
            on = EventLoops.open(settings, threads);
            loops = on;
        }
        return on;
    }

    @Override
    public synchronized void close() {
        EventLoops on = loops;
        if (closed || on == null) {
            closed = true;
            return;
        }
        for (EventLoop loop : on.all()) {
            Check.state(
                    !loop.inEventLoop(), "A transport cannot be closed by its own thread, which would wait for itself");
        }
        closed = true;
        try {
            if (listening != null) {
                listening.close().await(settings.closeTimeoutMillis() + 1000);
                closeConnections();
            }
            on.end(settings.closeTimeoutMillis());
        } catch (InterruptedException hurry) {
            LOG.warn("Interrupted while the transport was closing; what was not written yet may be lost");
            Thread.currentThread().interrupt();
        } finally {
            rounds.values().forEach(LoopRound::release);
            rounds = Map.of();
        }
    }

    private void closeConnections() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(rounds.size());
        // An accepted channel reaches its loop as a task before this one does.
        rounds.forEach((loop, round) -> loop.execute(() -> round.closeAll(busy::countDown)));
        if (!busy.await(settings.closeTimeoutMillis() + 1000, TimeUnit.MILLISECONDS)) {
            LOG.warn("Some connections did not close within {} ms and are cut off", settings.closeTimeoutMillis());
        }
    }
}
