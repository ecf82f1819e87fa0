package io.zookit.auth.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.zookit.spi.auth.AuthSchemeProvider;
import io.zookit.tck.AuthSchemeContract;
import io.zookit.tck.AuthSchemeFixture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorldSchemeTest extends AuthSchemeContract {
    @Override
    protected AuthSchemeFixture newFixture() {
        return new World();
    }

    @Test
    void nobodyHasAnIdentityOfTheWorldAndNoAclCanBeMadeOfOne() {
        assertEquals(List.of(), new WorldScheme().initialIdentities(new World().peer()));
        assertFalse(new WorldScheme().expandsAuth());
    }

    private record World() implements AuthSchemeFixture {
        @Override
        public AuthSchemeProvider provider() {
            return new WorldSchemeProvider();
        }

        @Override
        public List<Proof> accepted() {
            return List.of();
        }

        @Override
        public List<byte[]> refused() {
            return List.of(new byte[0], "anyone".getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public List<String> validIds() {
            return List.of("anyone");
        }

        @Override
        public List<String> invalidIds() {
            return List.of("", "Anyone", "anyone ", "everyone", "*");
        }

        @Override
        public List<Pair> matching() {
            return List.of(new Pair("anyone", "anyone"), new Pair("somebody", "anyone"));
        }

        /** Whoever has an identity of another scheme is meant too, so nobody is foreign. */
        @Override
        public List<Pair> foreign() {
            return List.of();
        }
    }
}
