package io.zookit.pipeline.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Acl;
import io.zookit.model.Id;
import io.zookit.model.Permissions;
import io.zookit.spi.auth.AuthExchange;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.transport.PeerFacts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessControlTest {
    private static final Id ALICE = new Id("name", "alice");
    private static final Id BOB = new Id("name", "bob");
    private static final Id SUPER = new Id("super", "");

    private final AccessControl access =
            new AccessControl(Map.of("name", new NameScheme(), "broken", new BrokenScheme()), false);

    @Test
    void anEntryAllowsItsPermissionsToWhomItMeans() {
        List<Acl> acl = List.of(new Acl(Permissions.READ | Permissions.WRITE, ALICE));
        assertTrue(access.allows(acl, Permissions.READ, List.of(ALICE)));
        assertFalse(access.allows(acl, Permissions.ADMIN, List.of(ALICE)));
        assertFalse(access.allows(acl, Permissions.READ, List.of(BOB)));
        assertFalse(access.allows(acl, Permissions.READ, List.of()));
    }

    @Test
    void anyoneAnEmptyListAndTheSuperuserPassEveryCheck() {
        assertTrue(access.allows(Acl.READ_UNSAFE, Permissions.READ, List.of()));
        assertFalse(access.allows(Acl.READ_UNSAFE, Permissions.WRITE, List.of()));
        assertTrue(access.allows(List.of(), Permissions.ADMIN, List.of()));
        assertTrue(access.allows(List.of(new Acl(0, ALICE)), Permissions.ADMIN, List.of(SUPER)));
    }

    @Test
    void aMissingOrFailingSchemeDenies() {
        assertFalse(access.allows(List.of(new Acl(31, new Id("gone", "x"))), 1, List.of(new Id("gone", "x"))));
        assertFalse(access.allows(List.of(new Acl(31, new Id("broken", "x"))), 1, List.of(new Id("broken", "x"))));
        assertNull(access.complete(List.of(new Acl(31, new Id("broken", "x"))), List.of()));
    }

    @Test
    void authStandsForWhatTheClientHasProved() {
        List<Acl> wish = List.of(new Acl(Permissions.ALL, new Id("auth", "")));
        assertEquals(List.of(new Acl(Permissions.ALL, ALICE)), access.complete(wish, List.of(ALICE, SUPER)));
        assertNull(access.complete(wish, List.of()));
    }

    @Test
    void duplicatesGoAndInvalidWishesAreRefused() {
        Acl twice = new Acl(Permissions.READ, ALICE);
        assertEquals(List.of(twice), access.complete(List.of(twice, twice), List.of()));
        List<Acl> proved = List.of(new Acl(Permissions.READ, new Id("auth", "")), twice);
        assertEquals(
                List.of(twice, twice), access.complete(proved, List.of(ALICE)), "what auth brings in is not compared");
        assertNull(access.complete(List.of(), List.of()));
        assertNull(access.complete(List.of(new Acl(1, new Id("name", ""))), List.of()));
        assertNull(access.complete(List.of(new Acl(1, new Id("world", "nobody"))), List.of()));
    }

    /** Proves nothing itself; matches equal names. */
    private static class NameScheme implements AuthScheme {
        @Override
        public String scheme() {
            return "name";
        }

        @Override
        public AuthExchange begin(PeerFacts peer) {
            throw new UnsupportedOperationException("not used here");
        }

        @Override
        public boolean valid(String id) {
            return !id.isEmpty();
        }

        @Override
        public boolean matches(String identity, String expression) {
            return identity.equals(expression);
        }

        @Override
        public boolean expandsAuth() {
            return true;
        }
    }

    private static final class BrokenScheme extends NameScheme {
        @Override
        public boolean valid(String id) {
            throw new IllegalStateException("broken");
        }

        @Override
        public boolean matches(String identity, String expression) {
            throw new IllegalStateException("broken");
        }
    }
}
