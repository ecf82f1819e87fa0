package com.example.zookit.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zookit.spi.SettingException;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.AuthSchemeProvider;
import io.zookit.spi.auth.AuthStep;
import io.zookit.tck.AuthSchemeContract;
import io.zookit.tck.AuthSchemeFixture;
import io.zookit.tck.PluginUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract tests of the server, and what is special about tokens. */
class TokenSchemeTest extends AuthSchemeContract {
    private static final TokenSchemeProvider PROVIDER = new TokenSchemeProvider();
    private static final String TOKENS = String.join(
            "\n",
            "# our users",
            "",
            "s3cret=alice",
            "dGhlIG90aGVy== = bob",
            "s3cret-too=alice",
            "shared=alice",
            "shared=carol",
            "=nobody",
            " = nobody",
            "orphan=",
            "orphan=two words",
            "nonsense",
            "#comment=dave");

    @TempDir
    Path directory;

    @Override
    protected AuthSchemeFixture newFixture() throws IOException {
        return new Tokens(Files.writeString(directory.resolve("tokens"), TOKENS));
    }

    @Test
    void aTokenTakenOutOfTheFileIsWorthlessAtOnce() throws IOException {
        Tokens tokens = (Tokens) newFixture();
        AuthScheme scheme = scheme(tokens.settings());
        assertEquals(new AuthStep.Identities("alice"), step(scheme, tokens, "s3cret"));
        Files.writeString(tokens.file(), "another=alice");
        assertInstanceOf(AuthStep.Denied.class, step(scheme, tokens, "s3cret"));
    }

    @Test
    void aFileThatCannotBeReadDeniesEverybody() throws IOException {
        Tokens tokens = new Tokens(directory.resolve("missing"));
        AuthStep.Denied missing =
                assertInstanceOf(AuthStep.Denied.class, step(scheme(tokens.settings()), tokens, "s3cret"));
        assertEquals("cannot read " + tokens.file() + ": NoSuchFileException", missing.reason());

        Files.write(tokens.file(), "s3cret=\u00e4".getBytes(StandardCharsets.ISO_8859_1));
        AuthStep.Denied notText =
                assertInstanceOf(AuthStep.Denied.class, step(scheme(tokens.settings()), tokens, "s3cret"));
        assertFalse(notText.reason().contains("s3cret"), notText.reason());
    }

    @Test
    void withoutAFileTheServerDoesNotStart() {
        for (Map<String, String> settings :
                List.of(Map.<String, String>of(), Map.of("file", " "), Map.of("file", "\0"))) {
            assertThrows(SettingException.class, () -> scheme(settings));
        }
    }

    private static AuthScheme scheme(Map<String, String> settings) {
        return PluginUnderTest.create(PROVIDER, settings);
    }

    private static AuthStep step(AuthScheme scheme, Tokens tokens, String token) {
        return scheme.begin(tokens.peer()).step(token.getBytes(StandardCharsets.UTF_8));
    }

    private record Tokens(Path file) implements AuthSchemeFixture {
        @Override
        public AuthSchemeProvider provider() {
            return PROVIDER;
        }

        @Override
        public Map<String, String> settings() {
            return Map.of("file", file.toString());
        }

        @Override
        public List<Proof> accepted() {
            return List.of(
                    new Proof("s3cret", "alice"),
                    new Proof("dGhlIG90aGVy==", "bob"),
                    new Proof("shared".getBytes(StandardCharsets.UTF_8), List.of("alice", "carol")));
        }

        @Override
        public List<byte[]> refused() {
            return List.of("", "s3cre", "s3cret ", "S3CRET", "s3cret=alice", "alice", "orphan", "nonsense", "#comment")
                    .stream()
                    .map(token -> token.getBytes(StandardCharsets.UTF_8))
                    .toList();
        }

        @Override
        public List<String> validIds() {
            return List.of("alice", "bob", "a.b@c", "\u00e4");
        }

        @Override
        public List<String> invalidIds() {
            return List.of("", " ", "two words", "a=b", "a\n", "\u007f");
        }

        @Override
        public List<Pair> matching() {
            return List.of(new Pair("alice", "alice"));
        }

        @Override
        public List<Pair> foreign() {
            return List.of(new Pair("alice", "bob"), new Pair("alice", "Alice"), new Pair("alice", "alic"));
        }
    }
}
