package com.example.zookit.token;

import io.zookit.spi.auth.AuthExchange;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.AuthStep;
import io.zookit.spi.transport.PeerFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Users with tokens. The file is read whenever somebody authenticates: that happens on a thread which may wait, and a token that
 * was taken out of the file is worthless at once. What runs for every request, {@link #valid} and {@link #matches}, reads nothing.
 */
final class TokenScheme implements AuthScheme {
    private final Path file;

    TokenScheme(Path file) {
        this.file = file;
    }

    @Override
    public String scheme() {
        return "token";
    }

    @Override
    public AuthExchange begin(PeerFacts peer) {
        return this::identify;
    }

    private AuthStep identify(byte[] token) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException unreadable) {
            // The class says what went wrong; the message of a decoder could show a part of the file.
            return new AuthStep.Denied(
                    "cannot read " + file + ": " + unreadable.getClass().getSimpleName());
        }
        Set<String> users = usersOf(token, lines);
        return users.isEmpty() ? new AuthStep.Denied("unknown token") : new AuthStep.Identities(List.copyOf(users));
    }

    /** Compares with all lines, each in a time that does not tell how much of the token was right. */
    private Set<String> usersOf(byte[] token, List<String> lines) {
        Set<String> users = new LinkedHashSet<>();
        for (String line : lines) {
            // The last one: tokens in base64 end with signs of equality, users have none.
            int equal = line.lastIndexOf('=');
            // An empty token is nobody's, whatever the file says.
            if (equal <= 0 || line.startsWith("#")) {
                continue;
            }
            byte[] expected = line.substring(0, equal).strip().getBytes(StandardCharsets.UTF_8);
            String user = line.substring(equal + 1).strip();
            if (MessageDigest.isEqual(expected, token) && expected.length > 0 && valid(user)) {
                users.add(user);
            }
        }
        return users;
    }

    /** A user's name: no space, no control character, no sign of equality. */
    @Override
    public boolean valid(String id) {
        return !id.isEmpty() && id.chars().allMatch(c -> c > ' ' && c != '=' && !Character.isISOControl(c));
    }

    @Override
    public boolean matches(String identity, String expression) {
        return identity.equals(expression) && valid(expression);
    }

    /** Yes: who has a token has proved to be somebody, so {@code auth:} in a new ACL may stand for that user. */
    @Override
    public boolean expandsAuth() {
        return true;
    }
}
