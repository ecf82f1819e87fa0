package io.zookit.consensus.zab;

import io.zookit.spi.PluginContext;
import io.zookit.spi.Setting;
import io.zookit.spi.Settings;
import io.zookit.zab.Member;
import io.zookit.zab.Membership;
import io.zookit.zab.MembershipFormatException;
import io.zookit.zab.ZabSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the configuration says about the ensemble and this server's place in it.
 *
 * @param serverId this server's id
 * @param membership the ensemble
 * @param zab the numbers of the core
 * @param connectTimeoutMillis how long dialing may take
 * @param bindTriesMax how often a port is tried to be opened, 0 for without end
 * @param listenOnAllAddresses whether the ports are opened on every address of the machine
 * @param standaloneEnabled whether an ensemble may not shrink below two voters
 * @param file the static configuration file; empty for a server that has none
 */
record EnsembleSettings(
        long serverId,
        Membership membership,
        ZabSettings zab,
        int connectTimeoutMillis,
        int bindTriesMax,
        boolean listenOnAllAddresses,
        boolean standaloneEnabled,
        Optional<Path> file) {
    private static final Logger LOG = LoggerFactory.getLogger(EnsembleSettings.class);

    private static final Setting MEMBERS = new Setting(
            "members",
            null,
            "The servers, as lines of the form server.N=host:quorumPort:electionPort[:role][;clientPort].",
            List.of("server.N"));
    private static final Setting GROUPS = new Setting(
            "groups",
            "",
            "The groups of a hierarchical quorum, as lines of the form group.N=id:id.",
            List.of("group.N"));
    private static final Setting WEIGHTS = new Setting(
            "weights",
            "",
            "The weights of servers in their groups, as lines of the form weight.N=number.",
            List.of("weight.N"));
    private static final Setting SERVER_ID =
            new Setting("serverId", null, "This server's id; by default what the file myid in dataDir says.");
    private static final Setting TICK_TIME =
            new Setting("tickTime", "3000", "The length of a tick in milliseconds; from 1.", List.of("tickTime"));
    private static final Setting INIT_LIMIT = new Setting(
            "initLimit", "10", "How many ticks a follower may take to connect and to catch up.", List.of("initLimit"));
    private static final Setting SYNC_LIMIT =
            new Setting("syncLimit", "5", "How many ticks another server may be silent.", List.of("syncLimit"));
    private static final Setting CONNECT_TIMEOUT = new Setting(
            "cnxTimeout", "5000", "How long a link to another server may take to open, in ms.", List.of("cnxTimeout"));
    private static final Setting NOTIFICATION_MIN = new Setting(
            "minNotificationInterval",
            "200",
            "How soon a vote is repeated at first, in ms.",
            List.of("fastleader.minNotificationInterval"));
    private static final Setting NOTIFICATION_MAX = new Setting(
            "maxNotificationInterval",
            "60000",
            "How seldom a vote is repeated in the end, in ms; servers that could not be reached are dialed again then.",
            List.of("fastleader.maxNotificationInterval"));
    private static final Setting BIND_TRIES = new Setting(
            "electionPortBindRetry",
            "3",
            "How often a port for other servers is tried to be opened; 0 for without end.",
            List.of("electionPortBindRetry"));
    private static final Setting ALL_ADDRESSES = new Setting(
            "quorumListenOnAllIPs",
            "false",
            "Whether the ports for other servers are opened on every address.",
            List.of("quorumListenOnAllIPs"));
    private static final Setting PEER_TYPE =
            new Setting("peerType", "", "The role of this server; the server lines win.", List.of("peerType"));

    private static final Setting RECONFIG = new Setting(
            "reconfigEnabled",
            "false",
            "Whether clients may change the members, and configurations of others are adopted.",
            List.of("reconfigEnabled"));
    private static final Setting STANDALONE = new Setting(
            "standaloneEnabled",
            "true",
            "Whether one server alone is no ensemble: then a change leaves at least two voters.",
            List.of("standaloneEnabled"));

    private static final Setting DYNAMIC_FILE = new Setting(
            "dynamicConfigFile",
            "",
            "The file that holds the server, group and weight lines; the version of the ensemble is the hexadecimal number its name ends"
                    + " with.",
            List.of("dynamicConfigFile"));
    private static final Setting CONFIG_FILE = new Setting(
            "configFile",
            "",
            "The static configuration file, which is changed when the ensemble is; known from the start of the server.",
            List.of("config.file"));

    static List<Setting> all() {
        return List.of(
                MEMBERS,
                GROUPS,
                WEIGHTS,
                SERVER_ID,
                TICK_TIME,
                INIT_LIMIT,
                SYNC_LIMIT,
                CONNECT_TIMEOUT,
                NOTIFICATION_MIN,
                NOTIFICATION_MAX,
                BIND_TRIES,
                ALL_ADDRESSES,
                PEER_TYPE,
                RECONFIG,
                STANDALONE,
                DYNAMIC_FILE,
                CONFIG_FILE,
                EmptyStart.AUTOCREATE);
    }

    /** Reads them; the file {@code myid} too, if the configuration does not name the id. */
    static EnsembleSettings of(PluginContext context) {
        Settings settings = context.settings();
        Membership membership = membership(settings);
        long serverId = serverId(context);
        Member self = membership.member(serverId);
        if (self == null) {
            throw settings.invalid(
                    MEMBERS.name(),
                    "there is no line server." + serverId + ", and " + serverId + " is this server's id"
                            + " (myid); correct the one or the other. A server that was removed from its ensemble joins again with a"
                            + " line of its own");
        }
        warnAboutPeerType(settings, self);
        return new EnsembleSettings(
                serverId,
                membership,
                ZabSettings.of(
                                serverId,
                                number(settings, TICK_TIME, 1),
                                number(settings, INIT_LIMIT, 1),
                                number(settings, SYNC_LIMIT, 1))
                        .withReconfig(settings.flag(RECONFIG.name()))
                        .withNotifications(
                                number(settings, NOTIFICATION_MIN, 1), number(settings, NOTIFICATION_MAX, 1)),
                number(settings, CONNECT_TIMEOUT, 1),
                number(settings, BIND_TRIES, 0),
                settings.flag(ALL_ADDRESSES.name()),
                settings.flag(STANDALONE.name()),
                settings.text(CONFIG_FILE.name())
                        .filter(text -> !text.isEmpty())
                        .map(Path::of));
    }

    private static int number(Settings settings, Setting setting, int least) {
        return (int) settings.number(setting.name(), least, Integer.MAX_VALUE);
    }

    private static Membership membership(Settings settings) {
        String text = settings.text(MEMBERS.name())
                .orElseThrow(() -> settings.invalid(MEMBERS.name(), "an ensemble needs server.N lines"));
        String groups = settings.text(GROUPS.name()).orElse("");
        String weights = settings.text(WEIGHTS.name()).orElse("");
        try {
            String file = settings.text(DYNAMIC_FILE.name()).orElse("");
            return Membership.parse(String.join("\n", text, groups, weights))
                    .withVersion(MembershipFiles.versionOf(file));
        } catch (MembershipFormatException e) {
            throw settings.invalid(MEMBERS.name(), String.valueOf(e.getMessage()));
        }
    }

    private static long serverId(PluginContext context) {
        Settings settings = context.settings();
        String written = settings.text(SERVER_ID.name()).orElse("");
        if (!written.isEmpty()) {
            return settings.number(SERVER_ID.name(), 0, Long.MAX_VALUE - 1);
        }
        Path file = context.dataDirectory().resolve("myid");
        String text;
        try {
            text = Files.readString(file).strip();
        } catch (IOException e) {
            throw settings.invalid(
                    SERVER_ID.name(),
                    "the file " + file + " cannot be read (" + e + "); write this server's id into it");
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw settings.invalid(SERVER_ID.name(), "the file " + file + " says \"" + text + "\", expected a number");
        }
    }

    private static void warnAboutPeerType(Settings settings, Member self) {
        String written = settings.text(PEER_TYPE.name()).orElse("").strip().toLowerCase(Locale.ROOT);
        if (!written.isEmpty() && written.equals("observer") == self.voter()) {
            LOG.warn(
                    "peerType={} has no effect: the line server.{} makes this server {}",
                    written,
                    self.id(),
                    self.voter() ? "a participant" : "an observer");
        }
    }

    /** How long a peer may be silent in the middle of something. */
    int silenceMillis() {
        return (int) Math.min((long) zab.tickTimeMillis() * zab.syncLimitTicks(), Integer.MAX_VALUE);
    }

    /** How long a transfer of the whole state may stand still. */
    int transferMillis() {
        return (int) Math.min((long) zab.tickTimeMillis() * zab.initLimitTicks(), Integer.MAX_VALUE);
    }
}
