package io.zookit.kernel;

import io.zookit.spi.PluginProvider;
import java.lang.module.ModuleDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A provider that was found and asked for its id.
 *
 * @param name its kind and id
 * @param provider the provider
 * @param place where it was found
 */
record Candidate(PluginName name, PluginProvider<?> provider, String place) {
    /** The module and its version, or the provider's class where there is no module. */
    String module() {
        Module module = provider.getClass().getModule();
        return module.isNamed()
                ? module.getDescriptor().toNameAndVersion()
                : provider.getClass().getName();
    }

    /** The version with a blank before it, or nothing when there is none. */
    String version() {
        ModuleDescriptor descriptor = provider.getClass().getModule().getDescriptor();
        return descriptor == null
                ? ""
                : descriptor.rawVersion().map(version -> " " + version).orElse("");
    }

    // A provider is found once, so each is equal to itself alone; also for the reason of PluginName.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
