package io.zookit.kernel;

import io.zookit.config.Config;
import io.zookit.config.ConfigEntry;
import io.zookit.config.Origin;
import io.zookit.config.Problem;
import io.zookit.spi.PluginKind;
import io.zookit.spi.Setting;
import io.zookit.spi.SettingException;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.IdentityGrant;
import io.zookit.spi.consensus.Consensus;
import io.zookit.spi.session.SessionExpiry;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.transport.Transport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of one server: chosen, configured and made, but not started. They are used by the thread that starts the server,
 * which starts them in the order storage, sessions, consensus, transport and closes them in reverse ({@link ClosingStack}).
 */
public final class Plugins {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final Map<Candidate, Object> products;
    private final List<InstalledPlugin> installed;

    private Plugins(Map<Candidate, Object> products, List<InstalledPlugin> installed) {
        this.products = products;
        this.installed = installed;
    }

    /**
     * Finds, configures and makes the plugins a configuration chooses. Warnings and notes about the configuration are logged here.
     *
     * @throws StartException when anything is wrong with the configuration or with a plugin that is needed; it holds all of it
     */
    public static Plugins load(Config config, PluginSource source, Surroundings surroundings) {
        return load(config, source, surroundings, EnumSet.allOf(PluginKind.class));
    }

    /**
     * Finds, configures and makes the storage a configuration chooses, and nothing else: for tools that work on stored data while
     * no server runs.
     *
     * @throws StartException when anything is wrong with the configuration or with the storage plugin
     */
    public static Storage loadStorage(Config config, PluginSource source, Surroundings surroundings) {
        return load(config, source, surroundings, EnumSet.of(PluginKind.STORAGE))
                .storage();
    }

    /**
     * Does all that {@link #load} does, for what it finds out.
     *
     * @return everything wrong or remarkable about the configuration and the plugins it chooses
     */
    public static List<Problem> check(Config config, PluginSource source, Surroundings surroundings) {
        Assembly assembly = new Assembly(config, surroundings, EnumSet.allOf(PluginKind.class));
        assembly.assemble(source);
        return List.copyOf(assembly.problems);
    }

    private static Plugins load(Config config, PluginSource source, Surroundings surroundings, Set<PluginKind> kinds) {
        Assembly assembly = new Assembly(config, surroundings, kinds);
        Plugins plugins = assembly.assemble(source);
        for (Problem problem : assembly.problems) {
            switch (problem.severity()) {
                case ERROR -> {}
                case WARNING -> LOG.warn("{}", problem.message());
                case NOTE -> LOG.info("{}", problem.message());
            }
        }
        List<String> errors = Problem.errorsOf(assembly.problems);
        if (!errors.isEmpty()) {
            throw new StartException(errors);
        }
        for (InstalledPlugin plugin : plugins.installed) {
            if (plugin.chosen()) {
                LOG.info("{} {}: {} in {}", plugin.kind().word(), plugin.id(), plugin.module(), plugin.place());
            }
        }
        return plugins;
    }

    /**
     * Lists all plugins there are, which runs code of each of them. What is wrong with one is logged and does not hide the others.
     *
     * @return sorted by kind and id
     */
    public static List<InstalledPlugin> list(Config config, PluginSource source) {
        List<Problem> problems = new ArrayList<>();
        Set<PluginName> chosen = Selection.of(config, problems).chosen().keySet();
        Discovery discovery = Discovery.findAll(source, chosen, problems);
        problems.forEach(problem -> LOG.warn("{}", problem.message()));
        return installed(discovery, chosen);
    }

    /**
     * Lists what can be set of all plugins there are, which runs code of each of them. What is wrong with one is logged, and it is left out.
     *
     * @return sorted by kind and id
     */
    public static List<DeclaredSettings> settings(Config config, PluginSource source) {
        List<Problem> problems = new ArrayList<>();
        Set<PluginName> chosen = Selection.of(config, problems).chosen().keySet();
        Discovery discovery = Discovery.findAll(source, chosen, problems);
        List<DeclaredSettings> settings = new ArrayList<>();
        declared(discovery.candidates(), problems)
                .forEach((candidate, declared) -> settings.add(new DeclaredSettings(
                        candidate.name().kind(), candidate.name().id(), declared)));
        problems.forEach(problem -> LOG.warn("{}", problem.message()));
        settings.sort(Comparator.comparing(DeclaredSettings::kind).thenComparing(DeclaredSettings::id));
        return settings;
    }

    private static Map<Candidate, List<Setting>> declared(Collection<Candidate> found, List<Problem> problems) {
        Map<Candidate, List<Setting>> settings = new LinkedHashMap<>();
        for (Candidate candidate : found) {
            try {
                settings.put(candidate, List.copyOf(candidate.provider().settings()));
            } catch (RuntimeException | LinkageError broken) {
                problems.add(Problem.error(candidate.place() + ": the plugin " + candidate.name()
                        + " cannot be asked for its settings: " + broken));
            }
        }
        return settings;
    }

    private static List<InstalledPlugin> installed(Discovery discovery, Set<PluginName> chosen) {
        return discovery.candidates().stream()
                .map(each -> new InstalledPlugin(
                        each.name().kind(),
                        each.name().id(),
                        each.module(),
                        each.place(),
                        chosen.contains(each.name())))
                .sorted(Comparator.comparing(InstalledPlugin::kind)
                        .thenComparing(InstalledPlugin::id)
                        .thenComparing(InstalledPlugin::place))
                .toList();
    }

    /** The one transport. */
    public Transport transport() {
        return only(PluginKind.TRANSPORT, Transport.class);
    }

    /** The one consensus. */
    public Consensus consensus() {
        return only(PluginKind.CONSENSUS, Consensus.class);
    }

    /** The one storage. */
    public Storage storage() {
        return only(PluginKind.STORAGE, Storage.class);
    }

    /** The one session expiry. */
    public SessionExpiry sessionExpiry() {
        return only(PluginKind.SESSION, SessionExpiry.class);
    }

    /** The authentication schemes, in the order of asking. */
    public List<AuthScheme> authSchemes() {
        return all(AuthScheme.class);
    }

    /** The identity grants, in the order in which they stand in the configuration. */
    public List<IdentityGrant> grants() {
        return all(IdentityGrant.class);
    }

    /** The plugins that were looked at, sorted by kind and id: the chosen ones and those whose code had to run to tell. */
    public List<InstalledPlugin> installed() {
        return installed;
    }

    private <T> T only(PluginKind kind, Class<T> type) {
        return products.entrySet().stream()
                .filter(product -> product.getKey().name().kind() == kind)
                .map(product -> type.cast(product.getValue()))
                .findFirst()
                .orElseThrow();
    }

    private <T> List<T> all(Class<T> type) {
        return products.values().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** One attempt to put a server's plugins together. */
    private static final class Assembly {
        private final Config config;
        private final Surroundings surroundings;
        private final Set<PluginKind> kinds;
        private final List<Problem> problems = new ArrayList<>();

        /**
         * @param kinds which kinds are loaded; keys are judged only when that is all of them
         */
        Assembly(Config config, Surroundings surroundings, Set<PluginKind> kinds) {
            this.config = config;
            this.surroundings = surroundings;
            this.kinds = kinds;
        }

        Plugins assemble(PluginSource source) {
            problems.addAll(config.problems());
            Map<PluginName, ConfigEntry> chosen =
                    new LinkedHashMap<>(Selection.of(config, problems).chosen());
            chosen.keySet().removeIf(name -> !kinds.contains(name.kind()));
            Discovery discovery = Discovery.find(source, chosen.keySet(), problems);
            List<Candidate> found = new ArrayList<>();
            chosen.forEach((name, entry) ->
                    discovery.candidate(name).ifPresentOrElse(found::add, () -> reportMissing(name, entry, discovery)));
            Map<Candidate, List<Setting>> settings = declared(found, problems);
            if (kinds.size() == PluginKind.values().length) {
                checkKeys(settings, discovery.installed());
            }
            return new Plugins(makeAll(settings), installed(discovery, chosen.keySet()));
        }

        private void reportMissing(PluginName name, ConfigEntry entry, Discovery discovery) {
            if (discovery.isBroken(name)) {
                return;
            }
            if (Selection.isByClass(entry)) {
                problems.add(Problem.warning(
                        entry,
                        "there is no plugin " + name + ", so nobody can authenticate by it. " + discovery.wayToInstall()
                                + "."));
                return;
            }
            boolean byDefault = entry.origin() instanceof Origin.Default;
            String which = entry.value().equals(name.id()) ? "no such plugin." : "there is no plugin " + name + ".";
            String change = byDefault ? " or set " + entry.key() + "." : " or change the line.";
            problems.add(Problem.error(
                    entry,
                    which + " Installed for " + name.kind().word() + ": " + discovery.installedFor(name.kind()) + ". "
                            + discovery.wayToInstall() + change));
        }

        private void checkKeys(Map<Candidate, List<Setting>> settings, Set<PluginName> installed) {
            Map<PluginName, List<Setting>> byName = new LinkedHashMap<>();
            Set<String> aliases = new TreeSet<>();
            settings.forEach((candidate, declared) -> {
                byName.put(candidate.name(), declared);
                declared.forEach(setting -> aliases.addAll(setting.aliases()));
            });
            SettingKeys.check(config, byName, installed, problems);
            problems.addAll(config.unusedKeys(aliases));
        }

        private Map<Candidate, Object> makeAll(Map<Candidate, List<Setting>> settings) {
            Map<Candidate, Object> products = new LinkedHashMap<>();
            SplittableRandom random = new SplittableRandom(surroundings.randomSeed());
            settings.forEach((candidate, declared) -> {
                PluginSettings values = new PluginSettings(candidate.name(), declared, config, problems);
                try {
                    products.put(candidate, make(candidate, values, random.split()));
                } catch (SettingException invalid) {
                    problems.add(Problem.error(String.valueOf(invalid.getMessage())));
                } catch (RuntimeException | LinkageError broken) {
                    LOG.debug("the plugin {} failed", candidate.name(), broken);
                    problems.add(Problem.error(
                            candidate.place() + ": the plugin " + candidate.name() + " cannot be made: " + broken));
                }
            });
            return products;
        }

        private Object make(Candidate candidate, PluginSettings values, RandomGenerator random) {
            return candidate
                    .provider()
                    .create(new SurroundingsOfPlugin(
                            values,
                            surroundings.clock(),
                            random,
                            surroundings.serverName(),
                            config.dataDir(),
                            config.dataLogDir()));
        }
    }
}
