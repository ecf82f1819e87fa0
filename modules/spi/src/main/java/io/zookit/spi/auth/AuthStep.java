package io.zookit.spi.auth;

import java.util.List;

/** The outcome of one step of an {@link AuthExchange}. */
public sealed interface AuthStep {
    /**
     * The client is to answer this challenge.
     *
     * @param token what is sent to it
     */
    record Continue(byte[] token) implements AuthStep {}

    /**
     * The client has proved itself.
     *
     * @param ids its identities of this scheme; at least one
     */
    record Identities(List<String> ids) implements AuthStep {
        /** A single identity. */
        public Identities(String id) {
            this(List.of(id));
        }
    }

    /**
     * The client has not proved itself; the connection is closed.
     *
     * @param reason for the server's log; never holds credentials
     */
    record Denied(String reason) implements AuthStep {}
}
