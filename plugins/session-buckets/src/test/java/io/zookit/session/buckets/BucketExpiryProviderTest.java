package io.zookit.session.buckets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zookit.spi.PluginKind;
import io.zookit.spi.SettingException;
import io.zookit.spi.session.SessionExpiry;
import io.zookit.spi.session.SessionExpiryProvider;
import io.zookit.tck.PluginUnderTest;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class BucketExpiryProviderTest {
    private final SessionExpiryProvider provider = new BucketExpiryProvider();

    @Test
    void theServiceLoaderFindsIt() {
        List<String> ids = ServiceLoader.load(SessionExpiryProvider.class).stream()
                .map(found -> found.get().id())
                .toList();
        assertEquals(List.of("buckets"), ids);
        assertEquals(PluginKind.SESSION, provider.kind());
    }

    @Test
    void theIntervalIsTheTickUnlessSaidOtherwise() {
        assertEquals(List.of("tickTime"), provider.settings().get(0).aliases());
        assertEquals(6_000, deadline(Map.of()));
        assertEquals(4_500, deadline(Map.of("interval", "500")));
    }

    private long deadline(Map<String, String> settings) {
        SessionExpiry expiry = PluginUnderTest.create(provider, settings);
        expiry.touch(1, 4_000, 0);
        return expiry.deadlineMillis(1);
    }

    @Test
    void anIntervalOfNothingIsRefused() {
        for (String value : List.of("0", "-1", "2147483648", "soon", "")) {
            assertThrows(SettingException.class, () -> PluginUnderTest.create(provider, Map.of("interval", value)));
        }
    }
}
