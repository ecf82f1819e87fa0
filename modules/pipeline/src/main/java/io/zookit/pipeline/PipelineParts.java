package io.zookit.pipeline;

import io.zookit.session.SessionIds;
import io.zookit.session.SessionPasswords;
import io.zookit.spi.ServerClock;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.IdentityGrant;
import io.zookit.spi.consensus.Consensus;
import io.zookit.spi.session.SessionExpiry;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.transport.Transport;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What a pipeline is made of: the chosen plugins, and everything impure.
 *
 * @param transport brings clients; started and closed by the pipeline's owner and never shared
 * @param consensus says what counts
 * @param storage is open
 * @param expiry names silent sessions
 * @param schemes the authentication schemes, in the order of asking
 * @param grants what gives further identities
 * @param clock the server's clock
 * @param random the server's random source, used by the start thread and the owner of the state
 * @param threads makes a thread factory for a role
 * @param sessionIds gives out the ids of new sessions
 * @param passwords gives out and checks the passwords of sessions
 * @param fatal is told when the server cannot go on
 */
public record PipelineParts(
        Transport transport,
        Consensus consensus,
        Storage storage,
        SessionExpiry expiry,
        List<AuthScheme> schemes,
        List<IdentityGrant> grants,
        ServerClock clock,
        RandomGenerator random,
        Function<String, ThreadFactory> threads,
        SessionIds sessionIds,
        SessionPasswords passwords,
        Fatal fatal) {}
