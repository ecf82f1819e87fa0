package io.zookit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KeyCatalogueTest {
    private static List<Key> all() {
        return KeyCatalogue.groups().values().stream().flatMap(List::stream).toList();
    }

    @Test
    void everyKeyHasAMeaningAndEveryKeyWithoutEffectAReason() {
        for (Key key : all()) {
            assertTrue(key.meaning().endsWith("."), key.name());
            boolean needsReason = key.effect() == Effect.NONE || key.effect() == Effect.REFUSED;
            assertEquals(needsReason, !key.reason().isEmpty(), key.name());
            assertTrue(!key.reason().endsWith("."), key.name());
        }
    }

    @Test
    void everyDefaultHasTheFormOfItsKey() {
        for (Key key : all()) {
            if (!key.defaultValue().isEmpty()) {
                boolean wellFormed =
                        switch (key.form().kind()) {
                            case NUMBER -> ValueText.number(key.defaultValue()).isPresent();
                            case SWITCH -> ValueText.flag(key.defaultValue()).isPresent();
                            case DECIMAL -> Double.parseDouble(key.defaultValue()) >= 0;
                            case TEXT -> true;
                        };
                assertTrue(wellFormed, key.name());
            }
        }
    }

    @Test
    void aPatternStandsForManyKeys() {
        assertEquals("server.N", KeyCatalogue.find("server.17").orElseThrow().name());
        assertEquals(
                "authProvider.N",
                KeyCatalogue.find("authProvider.sasl").orElseThrow().name());
        assertEquals(
                "metricsProvider.*",
                KeyCatalogue.find("metricsProvider.httpPort").orElseThrow().name());
        assertEquals(
                "metricsProvider.className",
                KeyCatalogue.find("metricsProvider.className").orElseThrow().name());
        assertEquals(
                "ssl.quorum.*",
                KeyCatalogue.find("ssl.quorum.keyStore.location").orElseThrow().name());
        assertEquals(
                "ssl.keyStore.location",
                KeyCatalogue.find("ssl.keyStore.location").orElseThrow().name());
        assertEquals(Optional.empty(), KeyCatalogue.find("server."));
        assertEquals(Optional.empty(), KeyCatalogue.find("ssl.nothing"));
        assertEquals(Optional.empty(), KeyCatalogue.find("serverx"));
    }

    @Test
    void knowsEveryNameTheReleasedServerOfApacheZooKeeperReads() {
        for (String name : ApacheNames.PREFIXED) {
            assertTrue(KeyCatalogue.find(name).isPresent(), name);
        }
        for (String name : ApacheNames.FILE) {
            assertTrue(KeyCatalogue.find(name).isPresent(), name);
        }
        for (String name : ApacheNames.BARE) {
            assertEquals(Spelling.BARE, KeyCatalogue.find(name).orElseThrow().spelling(), name);
        }
    }

    @Test
    void aKeyIsOursOrOneThatApacheZooKeeperHas() {
        Set<String> theirs = new TreeSet<>();
        for (List<String> names : List.of(ApacheNames.PREFIXED, ApacheNames.FILE, ApacheNames.BARE)) {
            for (String name : names) {
                KeyCatalogue.find(name).ifPresent(key -> theirs.add(key.name()));
            }
        }
        for (Key key : all()) {
            // Whole families, what only clients and scripts read, what the library below reads, and names that are
            // newer
            // than this release, are not among those strings.
            boolean known = theirs.contains(key.name())
                    || key.name().startsWith("ssl.x509.clientCert")
                    || key.isPattern()
                    || KeyCatalogue.isForeign(key)
                    || key.name().equals("jute.maxbuffer.extrasize");
            assertEquals(!known, key.isOurs(), key.name());
        }
    }

    @Test
    void theNearestNameIsFound() {
        List<String> names = List.of("dataDir", "dataLogDir", "clientPort", "snapCount");
        assertEquals(Optional.of("clientPort"), NearestName.of("cleintPort", names));
        assertEquals(Optional.of("dataDir"), NearestName.of("DATADIR", names));
        assertEquals(Optional.of("snapCount"), NearestName.of("snapCont", names));
        assertEquals(Optional.empty(), NearestName.of("colour", names));
        assertEquals(Optional.empty(), NearestName.of("", names));
        assertEquals(" Did you mean dataDir?", NearestName.question("dataDi", names));
    }
}
