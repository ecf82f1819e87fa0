package io.zookit.kernel;

import io.zookit.config.Config;
import io.zookit.config.ConfigEntry;
import io.zookit.config.Mode;
import io.zookit.config.Origin;
import io.zookit.config.Problem;
import io.zookit.spi.PluginKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which plugins a configuration chooses, in the order in which they stand there. The standard keys of {@code zoo.cfg} that name
 * classes are understood where a plugin does the work of the class.
 */
final class Selection {
    private static final String APACHE = "org.apache.zookeeper.server.";
    private static final Set<String> CONNECTION_FACTORIES =
            Set.of(APACHE + "NIOServerCnxnFactory", APACHE + "NettyServerCnxnFactory");
    private static final Map<String, String> AUTH_CLASSES = Map.of(
            APACHE + "auth.DigestAuthenticationProvider", "digest",
            APACHE + "auth.IPAuthenticationProvider", "ip",
            APACHE + "auth.X509AuthenticationProvider", "x509",
            APACHE + "auth.SASLAuthenticationProvider", "sasl",
            APACHE + "auth.EnsembleAuthenticationProvider", "ensemble");

    private final Map<PluginName, ConfigEntry> chosen = new LinkedHashMap<>();
    private final Config config;
    private final List<Problem> problems;

    private Selection(Config config, List<Problem> problems) {
        this.config = config;
        this.problems = problems;
    }

    /** Reads the choice; what is wrong with it is reported. */
    static Selection of(Config config, List<Problem> problems) {
        Selection selection = new Selection(config, problems);
        selection.chooseOne(PluginKind.TRANSPORT, "netty");
        selection.chooseOne(PluginKind.CONSENSUS, config.mode() == Mode.QUORUM ? "zab" : "single");
        selection.chooseOne(PluginKind.STORAGE, "mapdb");
        selection.chooseOne(PluginKind.SESSION, "buckets");
        selection.chooseAuth();
        selection.checkConnectionFactory();
        return selection;
    }

    /** The chosen plugins, each with the entry that chose it. */
    Map<PluginName, ConfigEntry> chosen() {
        return chosen;
    }

    private ConfigEntry entryOf(PluginKind kind, String defaultValue) {
        String key = "plugin." + kind.word();
        return config.entry(key).orElseGet(() -> new ConfigEntry(key, defaultValue, new Origin.Default()));
    }

    private void chooseOne(PluginKind kind, String defaultId) {
        ConfigEntry entry = entryOf(kind, defaultId);
        if (entry.value().isEmpty() || entry.value().contains(",")) {
            problems.add(Problem.error(entry, "expected the id of one plugin."));
        } else {
            chosen.put(new PluginName(kind, entry.value()), entry);
        }
    }

    private void chooseAuth() {
        ConfigEntry entry = entryOf(PluginKind.AUTH, config.text("plugin.auth").orElse(""));
        for (String id : entry.value().split(",", -1)) {
            if (id.isBlank()) {
                problems.add(Problem.error(entry, "expected ids of plugins, separated by commas."));
            } else if (chosen.putIfAbsent(new PluginName(PluginKind.AUTH, id.trim()), entry) != null) {
                problems.add(Problem.error(entry, id.trim() + " stands there twice. Remove one."));
            }
        }
        for (ConfigEntry provider : new ArrayList<>(config.entries())) {
            if (isByClass(provider)) {
                chooseAuthClass(provider);
            }
        }
    }

    /** A scheme that is not there admits nobody, so a server of somebody else's configuration may well start without it, as Apache's does. */
    private void chooseAuthClass(ConfigEntry provider) {
        String id = AUTH_CLASSES.get(provider.value());
        if (id == null) {
            problems.add(Problem.warning(
                    provider,
                    "authentication is not loaded by class name, so nobody can authenticate by it. Install a plugin for the scheme"
                            + " and add its id to plugin.auth."));
        } else {
            chosen.putIfAbsent(new PluginName(PluginKind.AUTH, id), provider);
        }
    }

    /** Whether an entry chooses a scheme the way Apache's server does, by the class that has it there. */
    static boolean isByClass(ConfigEntry entry) {
        return entry.key().startsWith("authProvider.");
    }

    private void checkConnectionFactory() {
        config.entry("serverCnxnFactory")
                .filter(entry -> !CONNECTION_FACTORIES.contains(entry.value()))
                .ifPresent(
                        entry -> problems.add(
                                Problem.error(
                                        entry,
                                        "the network layer is not loaded by class name. Install a plugin and write plugin.transport=<id>.")));
    }
}
