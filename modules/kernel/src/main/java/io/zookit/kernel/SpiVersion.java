package io.zookit.kernel;

import io.zookit.spi.PluginProvider;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the plugin contracts. Plugins of the same major and of the same or an older minor version work.
 *
 * @param major changes when old plugins stop working
 * @param minor changes when something is added
 */
record SpiVersion(int major, int minor) {
    static final String MODULE = "io.zookit.spi";
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9}))?.*");

    /** The version of this server's contracts; empty when it runs from the class path or from a build without versions. */
    static Optional<SpiVersion> ofServer() {
        Module spi = PluginProvider.class.getModule();
        return spi.isNamed() ? spi.getDescriptor().rawVersion().flatMap(SpiVersion::of) : Optional.empty();
    }

    /** Reads a module version such as {@code 1.4.2-SNAPSHOT}. */
    static Optional<SpiVersion> of(String version) {
        Matcher matcher = FORM.matcher(version);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String minor = matcher.group(2);
        return Optional.of(
                new SpiVersion(Integer.parseInt(matcher.group(1)), minor == null ? 0 : Integer.parseInt(minor)));
    }

    /** Whether a plugin compiled for {@code plugin} works with this version. */
    boolean accepts(SpiVersion plugin) {
        return plugin.major == major && plugin.minor <= minor;
    }

    /**
     * Says that a plugin does not fit.
     *
     * @param place where the plugin is
     * @param plugin what it was compiled for
     */
    String refusal(String place, SpiVersion plugin) {
        String remedy = plugin.major == major
                ? "Use a build for " + this + " or older, or a newer server."
                : "Use a build for " + major + ".x.";
        return place + " was compiled for SPI " + plugin + "; this server has SPI " + this + " (accepts " + major
                + ".0–" + this + "). " + remedy;
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
