package io.zookit.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The configuration of one server. Immutable; any thread. It is complete even when the text it was read from is not: a value that
 * cannot be used is among the {@link #problems()} and its default stands in for it. A server must not start while there are errors.
 */
public final class Config {
    static final int SNAP_COUNT_MIN = 2;
    static final int SNAP_RETAIN_COUNT_MIN = 3;

    private final Map<String, ConfigEntry> entries;
    private final Values values;
    private final Ensemble ensemble;
    private final List<Problem> problems;

    private Config(
            List<ConfigEntry> written, Map<String, String> systemProperties, List<Problem> found, boolean whole) {
        List<Problem> problems = new ArrayList<>(found);
        this.entries = Collections.unmodifiableMap(Entries.merged(written, systemProperties, problems));
        this.values = new Values(entries, problems);
        this.ensemble = EnsembleReader.read(entries.values(), values.flag("multiAddress.enabled"), problems);
        // Where the file could not be read, complaints about what it does not say would only hide that.
        if (whole) {
            ConfigChecks.check(this, problems);
        }
        this.problems = List.copyOf(problems);
    }

    /**
     * Reads the configuration a server is started with.
     *
     * @param arguments the path of a configuration file; or client port, data directory and, if wanted, the length of a tick in
     *     milliseconds and the limit of connections from one address
     * @param systemProperties the properties of the process, see {@link #processProperties()}
     */
    public static Config read(List<String> arguments, Map<String, String> systemProperties) {
        List<Problem> problems = new ArrayList<>();
        if (arguments.size() == 1) {
            Path file = Path.of(arguments.get(0));
            Optional<List<ConfigEntry>> read = ConfigFile.read(file, problems);
            List<ConfigEntry> written = new ArrayList<>(read.orElse(List.of()));
            written.add(new ConfigEntry("config.file", file.toAbsolutePath().toString(), new Origin.Argument(1)));
            return new Config(written, systemProperties, problems, read.isPresent());
        }
        List<String> keys = List.of("clientPort", "dataDir", "tickTime", "maxClientCnxns");
        if (arguments.size() < 2 || arguments.size() > keys.size()) {
            problems.add(Problem.error("expected <zoo.cfg> or <port> <dataDir> [tickTime] [maxClientCnxns], got "
                    + arguments.size() + " arguments."));
            return new Config(List.of(), systemProperties, problems, false);
        }
        List<ConfigEntry> written = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            written.add(new ConfigEntry(keys.get(i), arguments.get(i).trim(), new Origin.Argument(i + 1)));
        }
        return new Config(written, systemProperties, problems, true);
    }

    /**
     * Reads a text in the form of a configuration file.
     *
     * @param file the name for messages
     * @param text all of it; a {@code dynamicConfigFile} it names is not read
     */
    public static Config parse(String file, String text, Map<String, String> systemProperties) {
        List<Problem> problems = new ArrayList<>();
        return new Config(PropertiesText.read(file, text, problems), systemProperties, problems, true);
    }

    /** The configuration of an embedded server; see {@link #builder()}. */
    public static Config of(Map<String, String> entries) {
        Builder builder = builder();
        new TreeMap<>(entries).forEach(builder::set);
        return builder.build();
    }

    /**
     * Begins the configuration of an embedded server. Unlike a file it needs no {@code clientPort}: without one the server takes
     * any free port. Nothing is read from files or from the process.
     */
    public static Builder builder() {
        return new Builder();
    }

    /** The system properties of this process, as they are now. The one place where they are read. */
    public static Map<String, String> processProperties() {
        Properties properties = System.getProperties();
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toUnmodifiableMap(name -> name, name -> properties.getProperty(name, "")));
    }

    /** Collects the entries of an embedded server. Not thread-safe. */
    public static final class Builder {
        private final Map<String, ConfigEntry> entries = new TreeMap<>();

        private Builder() {}

        /** Sets a key, as a line {@code key=value} of a configuration file would; the last value of a key wins. */
        public Builder set(String key, Object value) {
            entries.put(key, new ConfigEntry(key, value.toString().trim(), new Origin.Application()));
            return this;
        }

        /** Sets {@code dataDir}. */
        public Builder dataDir(Path directory) {
            return set("dataDir", directory.toAbsolutePath());
        }

        /** The configuration. Wrong values are among its {@link Config#problems()}. */
        public Config build() {
            List<ConfigEntry> written = new ArrayList<>(entries.values());
            if (!entries.containsKey("clientPort")) {
                written.add(new ConfigEntry("clientPort", "0", new Origin.Default()));
            }
            return new Config(written, Map.of(), List.of(), true);
        }
    }

    /** All that is wrong or remarkable in this configuration, apart from keys nobody uses. */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * The keys that nobody uses: unknown ones, and known ones without effect. To be asked once the plugins are known, because a
     * plugin may understand further keys. Keys that begin like our own ({@link KeyCatalogue#isOwn}) are left to whoever knows the
     * plugins.
     *
     * @param pluginAliases the keys the chosen plugins understand
     */
    public List<Problem> unusedKeys(Set<String> pluginAliases) {
        return UnusedKeys.find(entries.values(), pluginAliases, configStrict());
    }

    /** Everything that was written, in order; no defaults. */
    public Collection<ConfigEntry> entries() {
        return entries.values();
    }

    /** What was written for a key, if anything was. */
    public Optional<ConfigEntry> entry(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** The value of a key as text: what was written or its default; empty when there is neither. */
    public Optional<String> text(String key) {
        return entry(key)
                .map(ConfigEntry::value)
                .or(() -> KeyCatalogue.find(key).map(Key::defaultValue))
                .filter(value -> !value.isEmpty());
    }

    /** What was written for the settings of one plugin: the entries {@code <kind>.<id>.<name>}. */
    public List<ConfigEntry> pluginSettings(String kind, String id) {
        String prefix = kind + "." + id + ".";
        return entries.values().stream()
                .filter(entry -> entry.key().startsWith(prefix))
                .toList();
    }

    /** Whether the server decides alone. One server line means so, unless {@code standaloneEnabled} is off. */
    public Mode mode() {
        boolean alone = ensemble.members().isEmpty() || (standaloneEnabled() && ensemble.voterCount() <= 1);
        return alone ? Mode.STANDALONE : Mode.QUORUM;
    }

    /** The servers that stand in the configuration; no members when none does. */
    public Ensemble ensemble() {
        return ensemble;
    }

    /** {@code dataDir}; the directory {@code data} below the working directory when none is needed and none is set. */
    public Path dataDir() {
        return path("dataDir").orElseGet(() -> Path.of("data"));
    }

    /** {@code dataLogDir}, or else {@link #dataDir()}. */
    public Path dataLogDir() {
        return path("dataLogDir").orElseGet(this::dataDir);
    }

    private Optional<Path> path(String key) {
        return text(key).flatMap(ConfigChecks::path);
    }

    /** The file that holds the number of this server in an ensemble. */
    public Path myidFile() {
        return dataDir().resolve("myid");
    }

    /** Whether missing data directories are made. */
    public boolean dataDirAutocreate() {
        return values.flag("datadir.autocreate");
    }

    /** The port for clients, 0 for any free one; empty when there is none. A single server line may say it too. */
    public OptionalInt clientPort() {
        long port = values.number("clientPort", -1);
        return port >= 0
                ? OptionalInt.of((int) port)
                : onlyClientAddress()
                        .map(client -> OptionalInt.of(client.port()))
                        .orElse(OptionalInt.empty());
    }

    /** The host name or address to listen on; empty for all addresses. */
    public Optional<String> clientPortAddress() {
        return text("clientPortAddress").or(() -> onlyClientAddress()
                .map(Ensemble.ClientAddress::host)
                .filter(host -> entry("clientPort").isEmpty() && !host.equals("0.0.0.0")));
    }

    private Optional<Ensemble.ClientAddress> onlyClientAddress() {
        return ensemble.members().size() == 1
                ? ensemble.members().values().iterator().next().clients().stream()
                        .findFirst()
                : Optional.empty();
    }

    /** Connections the system may hold before they are accepted; -1 for its default. */
    public int clientPortListenBacklog() {
        return whole("clientPortListenBacklog");
    }

    /** The length of a tick. */
    public int tickTimeMillis() {
        return whole("tickTime");
    }

    /** The least session timeout a client can get. */
    public int minSessionTimeoutMillis() {
        int timeout = whole("minSessionTimeout");
        return timeout == -1 ? ticks(2) : timeout;
    }

    /** The greatest session timeout a client can get. */
    public int maxSessionTimeoutMillis() {
        int timeout = whole("maxSessionTimeout");
        return timeout == -1 ? ticks(20) : timeout;
    }

    private int ticks(int count) {
        return (int) Math.min((long) count * tickTimeMillis(), Integer.MAX_VALUE);
    }

    /** Connections from one address at a time; 0 for no limit. */
    public int maxClientCnxns() {
        return whole("maxClientCnxns");
    }

    /** Connections at a time; 0 for no limit. */
    public int maxCnxns() {
        return whole("maxCnxns");
    }

    /** Requests in flight above which no more are read. */
    public int globalOutstandingLimit() {
        return whole("globalOutstandingLimit");
    }

    /** The longest packet a client may send. */
    public int juteMaxBufferBytes() {
        return whole("jute.maxbuffer");
    }

    /** Transactions between snapshots, at most; at least 2. */
    public int snapCount() {
        return Math.max(SNAP_COUNT_MIN, whole("snapCount"));
    }

    /** Snapshots to keep when purging; at least 3. */
    public int autopurgeSnapRetainCount() {
        return Math.max(SNAP_RETAIN_COUNT_MIN, whole("autopurge.snapRetainCount"));
    }

    /** Above 0 when old snapshots and logs are to be removed; 0 for never. */
    public int autopurgePurgeIntervalHours() {
        return whole("autopurge.purgeInterval");
    }

    /** Whether a four-letter word is answered. */
    public boolean fourLetterWordAllowed(String word) {
        return text("4lw.commands.whitelist")
                .map(list ->
                        Arrays.stream(list.split(",", -1)).map(String::trim).toList())
                .filter(words -> words.contains("*") || words.contains(word))
                .isPresent();
    }

    /** Whether everybody may do everything. */
    public boolean skipAcl() {
        return values.flag("skipACL");
    }

    /** Whether znodes may have a time to live. */
    public boolean extendedTypesEnabled() {
        return values.flag("extendedTypesEnabled");
    }

    /** Whether a digest of all data is kept. */
    public boolean digestEnabled() {
        return values.flag("digest.enabled");
    }

    /** Whether a write above a hard quota fails. */
    public boolean enforceQuota() {
        return values.flag("enforceQuota");
    }

    /** The authentication schemes of which a client must have passed one before it may ask for anything; empty for none. */
    public Set<String> requiredAuthSchemes() {
        if (values.flag("sessionRequireClientSASLAuth")) {
            return Set.of("sasl");
        }
        return values.flag("enforce.auth.enabled")
                ? text("enforce.auth.schemes").map(ConfigChecks::words).orElse(Set.of())
                : Set.of();
    }

    /**
     * A number with a valid value or a default, for those who read groups of keys that have no method of their own.
     *
     * @throws IllegalStateException when the server has no number of this name
     */
    public long number(String key) {
        return values.number(key);
    }

    /**
     * A switch, as {@link #number}.
     *
     * @throws IllegalStateException when the server has no switch of this name
     */
    public boolean flag(String key) {
        return values.flag(key);
    }

    /** How long a follower may take to connect and to catch up, in ticks; 0 when not set, which an ensemble refuses. */
    public int initLimitTicks() {
        return whole("initLimit");
    }

    /** How far a follower may fall behind, in ticks; 0 when not set, which an ensemble refuses. */
    public int syncLimitTicks() {
        return whole("syncLimit");
    }

    /** Whether a single server line starts a standalone server. */
    public boolean standaloneEnabled() {
        return values.flag("standaloneEnabled");
    }

    /** Whether clients may change the members of the ensemble. */
    public boolean reconfigEnabled() {
        return values.flag("reconfigEnabled");
    }

    /** Whether an unknown key stops the start. */
    public boolean configStrict() {
        return values.flag("config.strict");
    }

    private int whole(String key) {
        return Math.toIntExact(values.number(key));
    }
}
