package io.zookit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zookit.config.Config;
import io.zookit.pipeline.ConnectionRate;
import io.zookit.pipeline.RefusalChance;
import io.zookit.pipeline.Staleness;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PipelineSettingsTest {
    private static Config config(Object... settings) {
        Config.Builder builder = Config.builder().dataDir(Path.of("unused"));
        for (int i = 0; i < settings.length; i += 2) {
            builder.set(settings[i].toString(), settings[i + 1]);
        }
        return builder.build();
    }

    private static ConnectionRate rate(Object... settings) {
        return PipelineSettings.limits(config(settings)).connections();
    }

    private static Staleness staleness(Object... settings) {
        return PipelineSettings.limits(config(settings)).staleness();
    }

    @Test
    void byDefaultNobodyIsRefusedByChanceAndEverybodyWeighsTheSame() {
        ConnectionRate rate = rate("connection_throttle_tokens", 10);
        assertEquals(new ConnectionRate(10, 1, 1, 1, 1, new RefusalChance(RefusalChance.OFF, 0.02, 0.002, 0)), rate);
        assertEquals(0, rate().tokensMax());
    }

    @Test
    void withWeightsTokensAreCountedInNewSessions() {
        ConnectionRate rate = rate(
                "connection_throttle_weight_enabled",
                true,
                "connection_throttle_tokens",
                10,
                "connection_throttle_fill_count",
                2,
                "connection_throttle_freeze_time",
                50);
        assertEquals(new ConnectionRate(30, 1, 6, 3, 2, new RefusalChance(50, 0.02, 0.002, 0)), rate);
    }

    @Test
    void noKindOfSessionWeighsLessThanALocalOne() {
        ConnectionRate rate = rate(
                "connection_throttle_weight_enabled",
                true,
                "connection_throttle_tokens",
                1_000_000_000,
                "connection_throttle_local_session_weight",
                5);
        assertEquals(5, rate.newSessionTokens());
        assertEquals(5, rate.renewedSessionTokens());
        assertEquals(Integer.MAX_VALUE, rate.tokensMax());
    }

    @Test
    void aNewSessionWeighsWhatALocalOneDoesWhereItIsOne() {
        Object[] settings = {
            "connection_throttle_weight_enabled",
            true,
            "connection_throttle_tokens",
            10,
            "localSessionsEnabled",
            true,
            "server.1",
            "127.0.0.1:2888:3888",
            "server.2",
            "127.0.0.1:2889:3889"
        };
        assertEquals(
                new ConnectionRate(30, 1, 3, 1, 2, new RefusalChance(RefusalChance.OFF, 0.02, 0.002, 0)),
                rate(settings));
        assertEquals(3, rate(Arrays.copyOf(settings, 6)).newSessionTokens(), "alone, all know it");
    }

    @Test
    void staleRequestsAreDroppedOnlyWhenRequestsAreThrottled() {
        assertEquals(Staleness.NONE, staleness());
        assertEquals(new Staleness(true, false), staleness("request_throttle_max_requests", 10));
        assertEquals(
                new Staleness(false, true),
                staleness(
                        "request_throttle_max_requests",
                        10,
                        "request_stale_connection_check",
                        false,
                        "request_stale_latency_check",
                        true));
        assertEquals(
                Staleness.NONE, staleness("request_throttle_max_requests", 10, "request_throttle_drop_stale", false));
    }
}
