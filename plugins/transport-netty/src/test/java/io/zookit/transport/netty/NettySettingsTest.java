package io.zookit.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.spi.Setting;
import io.zookit.spi.SettingException;
import io.zookit.spi.Settings;
import io.zookit.spi.transport.TransportProvider;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class NettySettingsTest {
    @Test
    void theServiceLoaderFindsTheProvider() {
        assertTrue(ServiceLoader.load(TransportProvider.class).stream()
                .anyMatch(provider -> provider.get().id().equals("netty")));
    }

    @Test
    void theDefaultsAreUsable() {
        NettySettings settings = NettySettings.read(settings(Map.of()));
        assertTrue(settings.threads() >= 1);
        assertEquals(NettySettings.Polling.AUTO, settings.polling());
        assertEquals(false, settings.tcpKeepAlive());
        assertTrue(settings.writeLowBytes() <= settings.writeHighBytes());
    }

    @Test
    void theStandardNamesAreAliases() {
        assertEquals(List.of("clientTcpKeepAlive"), declared("tcpKeepAlive").aliases());
        assertEquals(
                List.of("nio.shutdownTimeout"), declared("closeTimeoutMillis").aliases());
    }

    @Test
    void readsWhatIsSet() {
        NettySettings settings = NettySettings.read(settings(Map.of(
                "threads", "3",
                "nativeTransport", "OFF",
                "tcpKeepAlive", "true",
                "writeHighBytes", "10",
                "writeLowBytes", "10",
                "closeTimeoutMillis", "7")));
        assertEquals(new NettySettings(3, NettySettings.Polling.OFF, true, 10, 10, 7), settings);
    }

    @Test
    void refusesAnUnknownWayOfPolling() {
        assertThrows(SettingException.class, () -> NettySettings.read(settings(Map.of("nativeTransport", "kqueue"))));
    }

    @Test
    void refusesALowMarkAboveTheHighOne() {
        SettingException failure = assertThrows(
                SettingException.class,
                () -> NettySettings.read(settings(Map.of("writeLowBytes", "11", "writeHighBytes", "10"))));
        assertTrue(failure.getMessage().contains("10"), failure.getMessage());
    }

    @Test
    void aBindFailureNamesAddressReasonAndRemedy() {
        InetSocketAddress address = InetSocketAddress.createUnresolved("zoo1", 2181);
        assertEquals(
                "Cannot listen on zoo1:2181: the host name is not known here. Correct clientPortAddress, or the resolver.",
                BindFailure.message(address, new BindException("whatever")));
        InetSocketAddress port = new InetSocketAddress(2181);
        assertTrue(BindFailure.message(port, new BindException("Address already in use"))
                .contains("0.0.0.0:2181: the port is in use. Stop"));
        assertTrue(BindFailure.message(port, new BindException("Permission denied"))
                .contains("above 1023"));
        assertTrue(BindFailure.message(port, new BindException("Cannot assign requested address"))
                .contains("not one of this machine's"));
        assertTrue(BindFailure.message(port, new BindException("odd")).contains("odd. Check clientPort"));
    }

    private static Setting declared(String name) {
        return NettySettings.DECLARED.stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Settings settings(Map<String, String> given) {
        return new Settings() {
            @Override
            public Optional<String> text(String name) {
                return Optional.of(given.getOrDefault(name, declared(name).defaultValue()));
            }

            @Override
            public long number(String name, long min, long max) {
                return Long.parseLong(text(name).orElseThrow());
            }

            @Override
            public boolean flag(String name) {
                return Boolean.parseBoolean(text(name).orElseThrow());
            }

            @Override
            public SettingException invalid(String name, String expected) {
                return new SettingException(name + ": " + expected);
            }
        };
    }
}
