package io.zookit.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Id;
import io.zookit.spi.PluginKind;
import io.zookit.spi.auth.IdentityGrant;
import io.zookit.spi.auth.IdentityGrantProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/**
 * What every {@link IdentityGrant} does: gives to those it is meant for and to nobody else, whatever else they have proved, in whichever
 * order.
 */
public abstract class IdentityGrantContract {
    private static final Id STRANGER = new Id("ip", "127.0.0.1");

    /** A contract is extended, with methods to implement. */
    protected IdentityGrantContract() {}

    /** The provider of the grant. */
    protected abstract IdentityGrantProvider provider();

    /** The settings the grant is made with, by name; those not in it have their defaults. */
    protected abstract Map<String, String> settings();

    /** Identities that are given something, each by itself; at least one. */
    protected abstract List<Id> favoured();

    /** Identities that look similar and are given nothing; at least one. */
    protected abstract List<Id> others();

    private IdentityGrant newGrant() {
        return PluginUnderTest.create(provider(), settings());
    }

    @Test
    void theProviderIsFoundAndIsChosenAmongTheSchemes() {
        assertEquals(PluginKind.AUTH, provider().kind());
        assertTrue(
                ServiceLoader.load(IdentityGrantProvider.class).stream()
                        .anyMatch(found -> found.type() == provider().getClass()),
                "META-INF/services does not name the provider");
    }

    @Test
    void whomItIsMeantForGetsSomething() {
        IdentityGrant grant = newGrant();
        assertFalse(favoured().isEmpty(), "samples of who gets something");
        for (Id identity : favoured()) {
            List<Id> granted = grant.grant(List.of(identity));
            assertFalse(granted.isEmpty(), () -> "nothing for " + identity);
            assertEquals(granted, grant.grant(List.of(STRANGER, identity)), "after another identity");
            assertEquals(granted, grant.grant(List.of(identity, STRANGER)), "before another identity");
            assertEquals(granted, newGrant().grant(List.of(identity)), "in another instance");
        }
    }

    @Test
    void nobodyElseGetsAnything() {
        IdentityGrant grant = newGrant();
        assertFalse(others().isEmpty(), "samples of who gets nothing");
        List<Id> all = new ArrayList<>(List.of(STRANGER));
        assertEquals(List.of(), grant.grant(List.of()));
        for (Id identity : others()) {
            assertEquals(List.of(), grant.grant(List.of(identity)), identity::toString);
            all.add(identity);
        }
        assertEquals(List.of(), grant.grant(all), "for " + all);
    }
}
