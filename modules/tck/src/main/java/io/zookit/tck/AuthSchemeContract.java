package io.zookit.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.spi.PluginKind;
import io.zookit.spi.Setting;
import io.zookit.spi.auth.AuthExchange;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.AuthSchemeProvider;
import io.zookit.spi.auth.AuthStep;
import io.zookit.spi.transport.PeerFacts;
import io.zookit.tck.AuthSchemeFixture.Pair;
import io.zookit.tck.AuthSchemeFixture.Proof;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link AuthScheme} does: the same answer for the same question, no exception, and no word about a secret. */
public abstract class AuthSchemeContract {
    private static final int THREADS = 4;
    private static final int ROUNDS = 50;
    private static final int WAIT_SECONDS = 60;
    /** The shortest credentials that cannot stand in a sentence by chance. */
    private static final int TELLING_BYTES = 4;

    private @Nullable AuthSchemeFixture current;

    /** A contract is extended, with one method to implement. */
    protected AuthSchemeContract() {}

    /**
     * The scheme under test, and what it is expected to do.
     *
     * @throws Exception when that fails; the test fails
     */
    protected abstract AuthSchemeFixture newFixture() throws Exception;

    @BeforeEach
    void makeFixture() throws Exception {
        current = newFixture();
    }

    private AuthSchemeFixture fixture() {
        AuthSchemeFixture fixture = current;
        if (fixture == null) {
            throw new IllegalStateException("no test is running");
        }
        return fixture;
    }

    private AuthScheme newScheme() {
        AuthSchemeProvider provider = fixture().provider();
        return PluginUnderTest.create(provider, fixture().settings());
    }

    @Test
    void theProviderIsFoundAndSaysWhatItUnderstands() {
        AuthSchemeProvider provider = fixture().provider();
        assertTrue(provider.id().matches("[a-z0-9-]+"), provider.id());
        assertEquals(PluginKind.AUTH, provider.kind());
        assertTrue(
                ServiceLoader.load(AuthSchemeProvider.class).stream()
                        .anyMatch(found -> found.type() == provider.getClass()),
                "META-INF/services does not name the provider");
        Set<String> names = new TreeSet<>();
        for (Setting setting : provider.settings()) {
            assertTrue(names.add(setting.name()), () -> setting.name() + " is declared twice");
            assertFalse(setting.description().isBlank(), () -> setting.name() + " has no description");
        }
    }

    @Test
    void theNameOfTheSchemeCanStandInAnAcl() {
        String name = newScheme().scheme();
        assertTrue(name.matches("[a-z0-9-]+"), name);
        assertFalse(Set.of("auth", "super").contains(name), "the server gives this name a meaning of its own");
    }

    @Test
    void initialIdentitiesAreValidAndMeanTheirOwner() throws UnknownHostException {
        AuthScheme scheme = newScheme();
        for (PeerFacts peer : peers()) {
            for (String identity : scheme.initialIdentities(peer)) {
                assertTrue(scheme.valid(identity), identity);
                assertTrue(scheme.matches(identity, identity), identity);
            }
        }
    }

    @Test
    void goodCredentialsProveWhoTheClientIs() {
        AuthScheme scheme = newScheme();
        for (Proof proof : fixture().accepted()) {
            List<String> expected = proof.identities();
            assertEquals(new AuthStep.Identities(expected), step(scheme, proof.credentials()));
            assertFalse(expected.isEmpty(), "a proof is of at least one identity");
        }
    }

    @Test
    void whatStandsForAClientInAnAclIsValidAndMeansIt() {
        AuthScheme scheme = newScheme();
        for (Proof proof : fixture().accepted()) {
            for (String identity : proof.identities()) {
                assertTrue(!scheme.expandsAuth() || scheme.valid(identity), identity);
                assertTrue(!scheme.expandsAuth() || scheme.matches(identity, identity), identity);
            }
        }
    }

    @Test
    void badCredentialsAreDeniedForAReasonThatDoesNotHoldThem() {
        AuthScheme scheme = newScheme();
        for (byte[] credentials : fixture().refused()) {
            AuthStep step = step(scheme, credentials);
            assertTrue(step instanceof AuthStep.Denied, () -> AuthSamples.shown(credentials) + " proved something");
            if (step instanceof AuthStep.Denied denied) {
                assertFalse(denied.reason().isBlank(), "a reason for the log");
                assertTrue(denied.reason().chars().noneMatch(Character::isISOControl), "one line for the log");
                assertHidden(credentials, denied.reason());
            }
        }
    }

    @Test
    void noObjectShowsCredentialsInItsText() {
        AuthScheme scheme = newScheme();
        for (byte[] credentials : allCredentials()) {
            AuthExchange exchange = scheme.begin(fixture().peer());
            exchange.step(credentials.clone());
            assertHidden(credentials, exchange.toString());
            assertHidden(credentials, scheme.toString());
        }
    }

    @Test
    void theArrayWithTheCredentialsIsLeftAsItIs() {
        AuthScheme scheme = newScheme();
        for (byte[] credentials : allCredentials()) {
            byte[] given = credentials.clone();
            scheme.begin(fixture().peer()).step(given);
            assertArrayEquals(credentials, given);
        }
    }

    @Test
    void idsAreValidOrNot() {
        AuthScheme scheme = newScheme();
        assertFalse(fixture().validIds().isEmpty(), "samples of valid ids");
        assertFalse(fixture().invalidIds().isEmpty(), "samples of invalid ids");
        fixture().validIds().forEach(id -> assertTrue(scheme.valid(id), () -> "not valid: " + id));
        fixture().invalidIds().forEach(id -> assertFalse(scheme.valid(id), () -> "valid: " + id));
    }

    @Test
    void anEntryMeansWhomItShouldMeanAndNobodyElse() {
        AuthScheme scheme = newScheme();
        assertFalse(fixture().matching().isEmpty(), "samples of pairs that match");
        for (Pair pair : fixture().matching()) {
            assertTrue(scheme.valid(pair.expression()), () -> "not valid: " + pair.expression());
            assertTrue(scheme.matches(pair.identity(), pair.expression()), pair::toString);
        }
        for (Pair pair : fixture().foreign()) {
            assertTrue(scheme.valid(pair.expression()), () -> "not valid: " + pair.expression());
            assertFalse(scheme.matches(pair.identity(), pair.expression()), pair::toString);
        }
    }

    @Test
    void anEntryThatIsNotValidMeansNobody() {
        AuthScheme scheme = newScheme();
        for (String identity : identities()) {
            for (String expression : fixture().invalidIds()) {
                assertFalse(scheme.matches(identity, expression), () -> identity + " matches " + expression);
            }
        }
    }

    @Test
    void noInputMakesItThrow() throws UnknownHostException {
        long seed = System.nanoTime();
        AuthScheme scheme = newScheme();
        AuthSamples samples = new AuthSamples(seed);
        List<String> ids = samples.ids(identities());
        try {
            for (PeerFacts peer : peers()) {
                scheme.initialIdentities(peer);
                samples.credentials(allCredentials())
                        .forEach(credentials -> scheme.begin(peer).step(credentials));
            }
            for (String id : ids) {
                boolean valid = scheme.valid(id);
                scheme.userName(id);
                for (String identity : identities()) {
                    boolean matches = scheme.matches(identity, id);
                    assertTrue(valid || !matches, () -> identity + " matches what is not valid: " + id);
                    scheme.matches(id, identity);
                }
            }
        } catch (RuntimeException | Error failure) {
            throw new AssertionError("seed " + seed, failure);
        }
    }

    @Test
    void theSameQuestionHasTheSameAnswerInEveryInstance() throws UnknownHostException {
        AuthScheme scheme = newScheme();
        List<Object> first = answers(scheme);
        assertEquals(first, answers(scheme));
        assertEquals(first, answers(newScheme()));
    }

    @Test
    void manyThreadsGetTheAnswersOfOne() throws Exception {
        AuthScheme scheme = newScheme();
        List<Object> expected = answers(scheme);
        ExecutorService executor = Executors.newFixedThreadPool(THREADS, Executors.defaultThreadFactory());
        try {
            List<Future<Boolean>> same = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                same.add(executor.submit(() -> {
                    boolean equal = true;
                    for (int round = 0; round < ROUNDS; round++) {
                        equal &= expected.equals(answers(scheme));
                    }
                    return equal;
                }));
            }
            for (Future<Boolean> answer : same) {
                assertTrue(answer.get(WAIT_SECONDS, TimeUnit.SECONDS), "another answer under concurrency");
            }
        } finally {
            executor.shutdownNow();
            assertTrue(executor.awaitTermination(WAIT_SECONDS, TimeUnit.SECONDS), "a thread does not end");
        }
    }

    /** Everything the scheme says about the samples, in a fixed order. */
    private List<Object> answers(AuthScheme scheme) throws UnknownHostException {
        List<Object> answers = new ArrayList<>(List.of(scheme.scheme(), scheme.expandsAuth()));
        for (PeerFacts peer : peers()) {
            answers.add(scheme.initialIdentities(peer));
        }
        allCredentials().forEach(credentials -> answers.add(step(scheme, credentials)));
        List<String> ids = new ArrayList<>(fixture().validIds());
        ids.addAll(fixture().invalidIds());
        for (String id : ids) {
            answers.add(scheme.valid(id));
        }
        for (String identity : identities()) {
            answers.add(scheme.userName(identity));
            ids.forEach(id -> answers.add(scheme.matches(identity, id)));
        }
        return answers;
    }

    private AuthStep step(AuthScheme scheme, byte[] credentials) {
        return scheme.begin(fixture().peer()).step(credentials.clone());
    }

    private List<byte[]> allCredentials() {
        List<byte[]> all = new ArrayList<>();
        fixture().accepted().forEach(proof -> all.add(proof.credentials()));
        all.addAll(fixture().refused());
        return all;
    }

    private List<String> identities() {
        List<String> identities = new ArrayList<>();
        fixture().accepted().forEach(proof -> identities.addAll(proof.identities()));
        fixture().matching().forEach(pair -> identities.add(pair.identity()));
        fixture().foreign().forEach(pair -> identities.add(pair.identity()));
        return identities;
    }

    /** Clients of all families; the last one is of a transport without addresses. */
    private List<PeerFacts> peers() throws UnknownHostException {
        PeerFacts peer = fixture().peer();
        List<PeerFacts> peers = new ArrayList<>(List.of(peer));
        byte[][] addresses = {{10, 1, 2, 3}, new byte[16], {32, 1, 13, -72, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};
        for (byte[] address : addresses) {
            InetSocketAddress remote = new InetSocketAddress(InetAddress.getByAddress(address), 40000);
            peers.add(new PeerFacts(remote, peer.localAddress(), List.of()));
        }
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 40000);
        peers.add(new PeerFacts(nowhere, peer.localAddress(), List.of()));
        return peers;
    }

    private static void assertHidden(byte[] credentials, String text) {
        if (credentials.length >= TELLING_BYTES) {
            assertFalse(text.contains(new String(credentials, StandardCharsets.UTF_8)), "credentials are shown");
        }
    }
}
