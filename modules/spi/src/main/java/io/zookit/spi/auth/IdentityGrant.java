package io.zookit.spi.auth;

import io.zookit.model.Id;
import java.util.List;

/**
 * Gives clients further identities because of those they have proved: this is how a superuser comes about, whatever scheme
 * proved who it is. Pure and fast; any thread.
 */
public interface IdentityGrant {
    /**
     * The further identities of a client.
     *
     * @param identities what it has proved so far
     * @return what it gets on top; empty for almost everyone
     */
    List<Id> grant(List<Id> identities);
}
