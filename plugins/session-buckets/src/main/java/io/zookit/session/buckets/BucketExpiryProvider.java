package io.zookit.session.buckets;

import io.zookit.spi.PluginContext;
import io.zookit.spi.Setting;
import io.zookit.spi.session.SessionExpiry;
import io.zookit.spi.session.SessionExpiryProvider;
import java.util.List;

/** Provides {@link BucketExpiry} under the id {@code buckets}. */
public final class BucketExpiryProvider implements SessionExpiryProvider {
    private static final Setting INTERVAL = new Setting(
            "interval",
            "3000",
            "The width of a bucket in milliseconds: a session expires at most this much after its timeout; from 1.",
            List.of("tickTime"));

    /** For the service loader. */
    public BucketExpiryProvider() {}

    @Override
    public String id() {
        return "buckets";
    }

    @Override
    public List<Setting> settings() {
        return List.of(INTERVAL);
    }

    @Override
    public SessionExpiry create(PluginContext context) {
        return new BucketExpiry((int) context.settings().number(INTERVAL.name(), 1, Integer.MAX_VALUE));
    }
}
