package io.zookit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.lmax.disruptor.RingBuffer;
import io.zookit.model.Id;
import io.zookit.pipeline.operation.Operations;
import io.zookit.pipeline.words.Words;
import io.zookit.spi.ServerClock;
import io.zookit.spi.auth.AuthExchange;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.AuthStep;
import io.zookit.spi.auth.IdentityGrant;
import io.zookit.spi.transport.ByteReceiver;
import io.zookit.spi.transport.PeerFacts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcceptStageTest {
    private final RingBuffer<RequestEvent> ring = RingBuffer.createMultiProducer(RequestEvent::new, 4);
    private final Turns turns = new Turns(() -> {}, Runnable::run);
    private final AuthenticateStage authenticate =
            new AuthenticateStage(ring, turns, Map.of(), List.of(), ServerClock.system(), 1_000, Thread::new);

    @AfterEach
    void stop() {
        authenticate.close();
    }

    private AcceptStage accept(List<AuthScheme> schemes, List<IdentityGrant> grants) {
        PipelineOptions options = DecodeStageTest.options();
        LimitBites bites = new LimitBites(ServerClock.system());
        DecodeStage decode = new DecodeStage(
                ring,
                new Operations(),
                new Words(Set.of()),
                authenticate,
                new ServerRole(true),
                ServerClock.system(),
                options,
                bites);
        ReplyStage replies = new ReplyStage(new Statistics(), Long.MAX_VALUE);
        return new AcceptStage(decode, replies, turns, schemes, grants, ServerClock.system(), options, bites);
    }

    @Test
    void aConnectionKnownFromTheStartMayBeTheSuperuserFromTheStart() {
        IdentityGrant grant = known -> known.contains(new Id("door", "7")) ? List.of(new Id("super", "7")) : List.of();
        AcceptStage accept = accept(List.of(new Door()), List.of(grant, known -> List.of()));
        accept.opened(new SilentConnection());
        assertEquals(
                List.of(new Id("door", "7"), new Id("super", "7")),
                accept.accepted().remove().identities());
    }

    @Test
    void connectionsAreThereFromTheirOpeningToTheirEnd() {
        AcceptStage accept = accept(List.of(), List.of());
        ByteReceiver one = accept.opened(new SilentConnection());
        accept.opened(new SilentConnection());
        assertEquals(2, accept.connections().size());
        one.closed();
        assertEquals(1, accept.connections().size());
        assertEquals(1, accept.count());
    }

    /** A scheme by which everybody is known. */
    private static final class Door implements AuthScheme {
        @Override
        public String scheme() {
            return "door";
        }

        @Override
        public List<String> initialIdentities(PeerFacts peer) {
            return List.of("7");
        }

        @Override
        public AuthExchange begin(PeerFacts peer) {
            return credentials -> new AuthStep.Denied("nobody asks at this door");
        }

        @Override
        public boolean valid(String id) {
            return true;
        }

        @Override
        public boolean matches(String identity, String expression) {
            return identity.equals(expression);
        }

        @Override
        public boolean expandsAuth() {
            return false;
        }
    }
}
