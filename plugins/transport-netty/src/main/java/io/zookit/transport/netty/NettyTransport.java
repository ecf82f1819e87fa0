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

    private final NettySettings settings;
    private final ThreadFactory threads;
    private volatile @Nullable EventLoops loops;
    // Guarded by this, as all below.
    private Map<EventLoop, LoopRound> rounds = Map.of();
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
        ChannelFuture bound = bootstrap(on, backlog, new ConnectionInitializer(made, settings))
                .bind(address)
                .awaitUninterruptibly();
        Throwable reason = bound.cause();
        if (reason != null) {
            made.values().forEach(LoopRound::release);
            throw new TransportException(BindFailure.message(address, reason), reason);
        }
        rounds = made;
        listening = bound.channel();
        LOG.info(
                "Listening on {} with {} event loops ({})",
                bound.channel().localAddress(),
                settings.threads(),
                on.serverChannelType().getSimpleName());
        return (InetSocketAddress) bound.channel().localAddress();
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
