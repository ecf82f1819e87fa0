package io.zookit.config;

import io.zookit.config.Ensemble.Member;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold between the values of several keys. */
final class ConfigChecks {
    private static final long TTL_SERVER_ID_MAX = 254;

    private final Config config;
    private final List<Problem> problems;

    private ConfigChecks(Config config, List<Problem> problems) {
        this.config = config;
        this.problems = problems;
    }

    static void check(Config config, List<Problem> problems) {
        ConfigChecks checks = new ConfigChecks(config, problems);
        checks.checkDirectories();
        checks.checkPorts();
        checks.checkTimes();
        checks.checkLeastCounts();
        checks.checkProtection();
        checks.checkRequiredSchemes();
        checks.checkEnsemble();
    }

    private void checkDirectories() {
        // Only a storage plugin that writes to disk needs a place; the one in memory never looks.
        boolean inMemory =
                config.text("plugin.storage").filter("memory"::equals).isPresent();
        if (config.entry("dataDir").isEmpty() && !inMemory) {
            problems.add(Problem.error("dataDir is not set. Write dataDir=<path> where the server may keep its data."));
        }
        for (String key : List.of("dataDir", "dataLogDir")) {
            config.entry(key).ifPresent(entry -> {
                if (entry.value().isEmpty() || path(entry.value()).isEmpty()) {
                    problems.add(Problem.error(entry, "expected a path."));
                } else if (!Path.of(entry.value()).isAbsolute()
                        && !entry.value().startsWith(".")) {
                    problems.add(Problem.warning(
                            entry,
                            "is relative to the directory the server is started in. Write an absolute path, or ./"
                                    + entry.value() + " if it is meant."));
                }
            });
        }
    }

    /** A text as a path, if the file system takes it for one; there may be nothing. */
    static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }

    private void checkPorts() {
        boolean inServerLines = config.mode() == Mode.QUORUM
                && config.ensemble().members().values().stream()
                        .anyMatch(member -> !member.clients().isEmpty());
        if (config.clientPort().isEmpty() && !inServerLines) {
            config.entry("clientPortAddress")
                    .ifPresentOrElse(
                            entry -> problems.add(Problem.error(entry, "has no port. Add clientPort=2181.")),
                            () -> problems.add(Problem.warning(
                                    "clientPort is not set: no client can connect. Add clientPort=2181.")));
        }
    }

    private void checkTimes() {
        if (config.minSessionTimeoutMillis() > config.maxSessionTimeoutMillis()) {
            String where = config.entry("minSessionTimeout")
                    .or(() -> config.entry("maxSessionTimeout"))
                    .or(() -> config.entry("tickTime"))
                    .map(entry -> entry.shown() + ": ")
                    .orElse("");
            problems.add(Problem.error(where + "the least session timeout (" + config.minSessionTimeoutMillis()
                    + " ms) must not be above the greatest (" + config.maxSessionTimeoutMillis()
                    + " ms). Change minSessionTimeout or maxSessionTimeout; by default they are 2 and 20 ticks."));
        }
    }

    private void checkLeastCounts() {
        warnBelow("snapCount", Config.SNAP_COUNT_MIN);
        warnBelow("autopurge.snapRetainCount", Config.SNAP_RETAIN_COUNT_MIN);
    }

    private void warnBelow(String key, int least) {
        config.entry(key)
                .filter(entry -> ValueText.number(entry.value()).orElse(least) < least)
                .ifPresent(entry -> problems.add(Problem.warning(entry, "is too few; " + least + " is used.")));
    }

    /** A key that asks for protection we do not have stops the start, unless its value says that none is wanted. */
    private void checkProtection() {
        for (ConfigEntry entry : config.entries()) {
            KeyCatalogue.find(entry.key())
                    .filter(key -> key.effect() == Effect.REFUSED && !isDefault(key, entry.value()))
                    .ifPresent(key -> problems.add(
                            Problem.error(entry, key.reason() + ". Remove the line if the server may run without.")));
        }
    }

    private void checkRequiredSchemes() {
        config.entry("enforce.auth.enabled")
                .filter(entry ->
                        config.flag(entry.key()) && config.requiredAuthSchemes().isEmpty())
                .ifPresent(entry -> problems.add(
                        Problem.error(entry, "does not say by what. Add enforce.auth.schemes=<scheme>,...")));
    }

    /** The words of a list with commas between them. */
    static Set<String> words(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::trim)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean isDefault(Key key, String value) {
        return key.form().kind() == ValueForm.Kind.SWITCH
                ? ValueText.flag(value).equals(ValueText.flag(key.defaultValue()))
                : ValueText.number(value).equals(ValueText.number(key.defaultValue()));
    }

    private void checkEnsemble() {
        Ensemble ensemble = config.ensemble();
        config.entry("peerType")
                .filter(entry -> !List.of("participant", "observer")
                        .contains(entry.value().toLowerCase(Locale.ROOT)))
                .ifPresent(entry -> problems.add(Problem.error(entry, "expected participant or observer.")));
        if (ensemble.members().isEmpty()) {
            if (!config.standaloneEnabled()) {
                config.entry("standaloneEnabled")
                        .ifPresent(
                                entry -> problems.add(
                                        Problem.error(
                                                entry,
                                                "a server that may not run alone needs server lines. Add server.N=... or remove the line.")));
            }
            return;
        }
        checkTtlIds(ensemble);
        int voters = ensemble.voterCount();
        boolean alone = voters == 1 && config.standaloneEnabled();
        if (voters == 0 || (alone && ensemble.members().size() > 1)) {
            ConfigEntry observer = ensemble.members().values().stream()
                    .filter(member -> member.role() == Ensemble.Role.OBSERVER)
                    .map(Member::entry)
                    .findFirst()
                    .orElseThrow();
            problems.add(Problem.error(
                    observer, "an observer needs voters to follow, at least two of them. Add server lines."));
        }
        if (config.mode() == Mode.QUORUM) {
            checkLimit("initLimit", config.initLimitTicks(), 10);
            checkLimit("syncLimit", config.syncLimitTicks(), 5);
            if (voters > 0 && voters % 2 == 0) {
                problems.add(Problem.warning("the ensemble has " + voters
                        + " voters, which survives no more failures than " + (voters - 1) + ". Use an odd number."));
            }
        }
    }

    /** A session id begins with the server's; one that begins with 255 would look like the owner of a TTL znode. */
    private void checkTtlIds(Ensemble ensemble) {
        for (Member member : ensemble.members().values()) {
            if (config.extendedTypesEnabled() && member.id() > TTL_SERVER_ID_MAX) {
                problems.add(Problem.error(
                        member.entry(),
                        "with extendedTypesEnabled=true a server's number is at most " + TTL_SERVER_ID_MAX
                                + ". Give it another one, also in its myid file."));
            }
        }
    }

    private void checkLimit(String key, int ticks, int usual) {
        if (ticks == 0) {
            problems.add(
                    Problem.error(key + " is not set, and an ensemble needs it. Write " + key + "=" + usual + "."));
        }
    }
}
