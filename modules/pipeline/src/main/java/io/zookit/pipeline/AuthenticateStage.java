package io.zookit.pipeline;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import io.zookit.model.ErrorCode;
import io.zookit.model.Id;
import io.zookit.spi.ServerClock;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.AuthStep;
import io.zookit.spi.auth.IdentityGrant;
import io.zookit.wire.JuteReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AUTHENTICATE: has a scheme look at a client's credentials. Runs on threads of its own, because a scheme may ask other systems;
 * the outcome comes back over the request ring. Deny is the default: whatever goes wrong, the client has proved nothing.
 */
final class AuthenticateStage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuthenticateStage.class);
    private static final int THREADS_MAX = 4;
    private static final int QUEUE_MAX = 10_000;
    private static final int IDLE_SECONDS = 10;
    private static final long ROOM_PAUSE_NANOS = 100_000;

    private final RingBuffer<RequestEvent> ring;
    private final Turns turns;
    private final Map<String, AuthScheme> schemes;
    private final List<IdentityGrant> grants;
    private final ServerClock clock;
    private final int timeoutMillis;
    private final ExecutorService executor;
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();

    /**
     * @param timeoutMillis how long a scheme may take; then the client is denied
     */
    AuthenticateStage(
            RingBuffer<RequestEvent> ring,
            Turns turns,
            Map<String, AuthScheme> schemes,
            List<IdentityGrant> grants,
            ServerClock clock,
            int timeoutMillis,
            ThreadFactory threads) {
        this.ring = ring;
        this.turns = turns;
        this.schemes = Map.copyOf(schemes);
        this.grants = List.copyOf(grants);
        this.clock = clock;
        this.timeoutMillis = timeoutMillis;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS_MAX,
                THREADS_MAX,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(QUEUE_MAX),
                threads);
        pool.allowCoreThreadTimeOut(true);
        this.executor = pool;
    }

    /**
     * An auth packet.
     *
     * @param scheme whom to ask
     * @param credentials in the scheme's own format; empty when there were none
     */
    record Packet(int xid, String scheme, byte[] credentials) {
        static Packet read(int xid, JuteReader body) {
            body.readInt();
            String scheme = body.readString();
            byte[] credentials = body.readBuffer();
            return new Packet(xid, scheme == null ? "" : scheme, credentials == null ? new byte[0] : credentials);
        }

        @Override
        public String toString() {
            return "Packet[scheme=" + scheme + "]";
        }
    }

    /** A client waiting for a verdict. It is given once: by the scheme, or when the time is up. */
    private record Attempt(ClientConnection connection, int xid, long deadlineMillis, AtomicBoolean decided) {
        boolean decide() {
            return decided.compareAndSet(false, true);
        }
    }

    /** Begins to look at credentials. Any thread. */
    void begin(ClientConnection connection, Packet packet) {
        Attempt attempt =
                new Attempt(connection, packet.xid(), clock.monotonicMillis() + timeoutMillis, new AtomicBoolean());
        attempts.add(attempt);
        try {
            executor.execute(() -> finish(attempt, prove(connection, packet)));
        } catch (RejectedExecutionException busy) {
            LOG.warn(
                    "{}: authentication is overloaded; connection closed",
                    connection.peer().remoteAddress());
            connection.transport().close();
        }
    }

    private @Nullable List<Id> prove(ClientConnection connection, Packet packet) {
        AuthScheme scheme = schemes.get(packet.scheme());
        if (scheme == null) {
            LOG.warn("{}: no authentication scheme {}", connection.peer().remoteAddress(), printable(packet.scheme()));
            return null;
        }
        try {
            return prove(connection, scheme, packet.credentials());
        } catch (RuntimeException failure) {
            LOG.warn("{}: scheme {} failed; denied", connection.peer().remoteAddress(), scheme.scheme(), failure);
            return null;
        }
    }

    private @Nullable List<Id> prove(ClientConnection connection, AuthScheme scheme, byte[] credentials) {
        AuthStep step = scheme.begin(connection.peer()).step(credentials);
        if (step instanceof AuthStep.Identities proved) {
            List<Id> ids = new ArrayList<>();
            for (String id : proved.ids()) {
                ids.add(new Id(scheme.scheme(), id));
            }
            for (IdentityGrant grant : grants) {
                ids.addAll(grant.grant(List.copyOf(ids)));
            }
            return ids;
        }
        String reason = step instanceof AuthStep.Denied denied
                ? denied.reason()
                : "a challenge cannot be sent in an auth packet";
        LOG.warn("{}: scheme {} denied: {}", connection.peer().remoteAddress(), scheme.scheme(), reason);
        return null;
    }

    /** Brings the outcome to the owner of the state. Waits for room on the ring, which this thread may. */
    private void finish(Attempt attempt, @Nullable List<Id> proved) {
        if (!attempt.decide()) {
            return;
        }
        // Not by waiting inside the ring: nobody makes room there any more once the pipeline is closed.
        while (!executor.isShutdown()) {
            try {
                long sequence = ring.tryNext();
                ring.get(sequence).authenticated(attempt.connection(), attempt.xid(), proved);
                ring.publish(sequence);
                turns.request();
                return;
            } catch (InsufficientCapacityException full) {
                LockSupport.parkNanos(ROOM_PAUSE_NANOS);
            }
        }
    }

    /** Denies the clients whose scheme takes too long. Runs on the owner of the state. */
    void denyLate(long nowMillis, ReplyStage replies) {
        Attempt oldest;
        while ((oldest = attempts.peek()) != null && (oldest.decided().get() || nowMillis >= oldest.deadlineMillis())) {
            attempts.poll();
            if (oldest.decide()) {
                LOG.warn(
                        "{}: no verdict after {} ms; denied",
                        oldest.connection().peer().remoteAddress(),
                        timeoutMillis);
                replies.reply(oldest.connection(), oldest.xid(), 0, ErrorCode.AUTH_FAILED);
                replies.close(oldest.connection());
            }
        }
    }

    /** When the next verdict is overdue; {@link Long#MAX_VALUE} when nobody waits. */
    long nextDeadlineMillis() {
        Attempt oldest = attempts.peek();
        return oldest == null ? Long.MAX_VALUE : oldest.deadlineMillis();
    }

    /** What a client sent, safe to log. */
    private static String printable(String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) : text;
        return shown.replaceAll("[^\\x20-\\x7e]", "?");
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
