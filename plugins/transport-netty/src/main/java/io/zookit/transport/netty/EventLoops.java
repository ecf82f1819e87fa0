package io.zookit.transport.netty;

import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import io.zookit.spi.transport.TransportException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event loops, the threads they run on, and the channel type that goes with the way they wait. Safe for all threads. */
final class EventLoops {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoops.class);

    private final MultiThreadIoEventLoopGroup group;
    private final Class<? extends ServerChannel> serverChannelType;
    private final Queue<Thread> started;
    private final EventLoop first;

    private EventLoops(
            MultiThreadIoEventLoopGroup group,
            Class<? extends ServerChannel> serverChannelType,
            Queue<Thread> started) {
        this.group = group;
        this.serverChannelType = serverChannelType;
        this.started = started;
        this.first = group.next();
    }

    /**
     * Makes the loops; a thread starts with its loop's first work.
     *
     * @throws TransportException when epoll is insisted on and not to be had
     */
    static EventLoops open(NettySettings settings, ThreadFactory threads) {
        boolean epoll = usesEpoll(settings.polling());
        IoHandlerFactory polling = epoll ? EpollHandler.newFactory() : NioIoHandler.newFactory();
        Queue<Thread> started = new ConcurrentLinkedQueue<>();
        ThreadFactory remembering = work -> {
            Thread thread = threads.newThread(work);
            started.add(thread);
            return thread;
        };
        return new EventLoops(
                new MultiThreadIoEventLoopGroup(settings.threads(), remembering, polling),
                epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class,
                started);
    }

    private static boolean usesEpoll(NettySettings.Polling polling) {
        return switch (polling) {
            case OFF -> false;
            case AUTO -> Epoll.isAvailable();
            case ON -> {
                if (!Epoll.isAvailable()) {
                    Throwable reason = Epoll.unavailabilityCause();
                    throw new TransportException(
                            "Epoll is not available here: " + reason
                                    + ". Set transport.netty.nativeTransport to auto, or run on Linux with the native library.",
                            reason);
                }
                yield true;
            }
        };
    }

    MultiThreadIoEventLoopGroup group() {
        return group;
    }

    Class<? extends ServerChannel> serverChannelType() {
        return serverChannelType;
    }

    /** The loop that runs the tasks given to the transport. */
    EventLoop first() {
        return first;
    }

    List<EventLoop> all() {
        List<EventLoop> loops = new ArrayList<>();
        for (EventExecutor loop : group) {
            loops.add((EventLoop) loop);
        }
        return loops;
    }

    /** Ends the loops and joins their threads, within a bound each. */
    void end(long timeoutMillis) throws InterruptedException {
        var unused = group.shutdownGracefully(0, timeoutMillis, TimeUnit.MILLISECONDS);
        boolean ended = group.awaitTermination(timeoutMillis + 1000, TimeUnit.MILLISECONDS);
        for (Thread thread : started) {
            thread.join(1000);
            ended &= !thread.isAlive();
        }
        if (!ended) {
            LOG.warn("An event loop is still at work {} ms after it was told to end", timeoutMillis);
        }
    }
}
