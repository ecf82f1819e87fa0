package io.zookit.config;

import static io.zookit.config.Key.bare;
import static io.zookit.config.Key.file;
import static io.zookit.config.Key.prefixed;
import static io.zookit.config.ValueForm.BYTES;
import static io.zookit.config.ValueForm.COUNT;
import static io.zookit.config.ValueForm.MILLIS;
import static io.zookit.config.ValueForm.PATH;
import static io.zookit.config.ValueForm.PORT;
import static io.zookit.config.ValueForm.SWITCH;
import static io.zookit.config.ValueForm.TEXT;
import static io.zookit.config.ValueForm.TICKS;
import static io.zookit.config.ValueForm.number;
import static io.zookit.config.ValueForm.text;

import java.util.List;

/** Who belongs to the ensemble, and how its servers talk to each other. */
final class EnsembleKeys {
    static final String NO_ENSEMBLE = "the servers of an ensemble do without it here";
    static final String FOR_TESTS = "it is for tests of another server";
    private static final String NO_QUORUM_TLS = "this version has no TLS between servers";
    private static final String NO_QUORUM_SASL = "this version has no SASL between servers";

    static final List<Key> KEYS = List.of(
            file(
                    "server.N",
                    text("host:quorumPort:electionPort[:role][|more addresses][;[clientHost:]clientPort]"),
                    "",
                    "Server number N of the ensemble."),
            file("group.N", text("server numbers, separated by colons"), "", "A group of a hierarchical quorum."),
            file("weight.N", number(0, Integer.MAX_VALUE, ""), 1, "The weight of server N in its group."),
            file("initLimit", TICKS, 0, "How long a follower may take to connect and to catch up."),
            file("syncLimit", TICKS, 0, "How far a follower may fall behind."),
            file("standaloneEnabled", SWITCH, true, "Whether a single server line starts a standalone server."),
            file("dynamicConfigFile", PATH, "", "The file that holds the server, group and weight lines."),
            file(
                    "peerType",
                    text("participant or observer"),
                    "participant",
                    "The role of this server; the server lines win."),
            file("electionAlg", number(3, 3, ""), 3, "The election; only 3 exists."),
            file("connectToLearnerMasterLimit", TICKS, 0, "How long a follower may take to connect; 0: initLimit.")
                    .without(NO_ENSEMBLE),
            file("syncEnabled", SWITCH, true, "Whether observers keep log and snapshots.")
                    .without(NO_ENSEMBLE),
            file(
                    "localSessionsEnabled",
                    SWITCH,
                    false,
                    "Whether new sessions are local: known to one member of an ensemble only. The same on all."),
            file(
                    "localSessionsUpgradingEnabled",
                    SWITCH,
                    false,
                    "Whether the first ephemeral of a local session makes it known to all, or is refused. The same on all."),
            file("reconfigEnabled", SWITCH, false, "Whether the ensemble may be changed while it runs."),
            file("observerMasterPort", PORT, 0, "The port on which followers serve observers.")
                    .without(NO_ENSEMBLE),
            file("oraclePath", PATH, "", "The file that decides in an ensemble of two.")
                    .without(NO_ENSEMBLE),
            file("quorumListenOnAllIPs", SWITCH, false, "Whether servers listen to each other on all addresses.")
                    .ofPlugin(),
            prefixed("multiAddress.enabled", SWITCH, false, "Whether a server may have several addresses."),
            prefixed("multiAddress.reachabilityCheckTimeoutMs", MILLIS, 1000, "How long an address may take to answer.")
                    .without(NO_ENSEMBLE),
            prefixed("multiAddress.reachabilityCheckEnabled", SWITCH, true, "Whether addresses are checked.")
                    .without(NO_ENSEMBLE),
            file("sslQuorum", SWITCH, false, "Whether servers talk to each other by TLS.")
                    .refused(NO_QUORUM_TLS),
            file("portUnification", SWITCH, false, "Whether servers accept TLS and plain links.")
                    .without(NO_QUORUM_TLS),
            file("sslQuorumReloadCertFiles", SWITCH, false, "Whether changed certificates are read again.")
                    .without(NO_QUORUM_TLS),
            file("quorum.auth.enableSasl", SWITCH, false, "Whether servers authenticate each other.")
                    .refused(NO_QUORUM_SASL),
            file("quorum.auth.learnerRequireSasl", SWITCH, false, "Whether links out need it.")
                    .refused(NO_QUORUM_SASL),
            file("quorum.auth.serverRequireSasl", SWITCH, false, "Whether links in need it.")
                    .refused(NO_QUORUM_SASL),
            file("quorum.auth.learner.saslLoginContext", TEXT, "QuorumLearner", "The login section for links out.")
                    .without(NO_QUORUM_SASL),
            file("quorum.auth.server.saslLoginContext", TEXT, "QuorumServer", "The login section for links in.")
                    .without(NO_QUORUM_SASL),
            file("quorum.auth.kerberos.servicePrincipal", TEXT, "zkquorum/localhost", "The servers' Kerberos name.")
                    .without(NO_QUORUM_SASL),
            file("quorum.cnxn.threads.size", COUNT, 20, "Threads that make links.")
                    .without(NO_ENSEMBLE),
            prefixed("leaderServes", SWITCH, "yes", "Whether the leader of an ensemble has clients of its own."),
            prefixed("cnxTimeout", MILLIS, 5000, "How long a link to another server may take to open.")
                    .ofPlugin(),
            prefixed("quorumCnxnTimeoutMs", MILLIS, -1, "How long a link for elections may be silent.")
                    .without(NO_ENSEMBLE),
            prefixed("fastleader.minNotificationInterval", MILLIS, 200, "How often a vote is repeated at first.")
                    .ofPlugin(),
            prefixed("fastleader.maxNotificationInterval", MILLIS, 60_000, "How seldom a vote is repeated in the end.")
                    .ofPlugin(),
            prefixed("leader.maxTimeToWaitForEpoch", MILLIS, -1, "How long a new leader waits for followers.")
                    .without(NO_ENSEMBLE),
            prefixed("leader.maxConcurrentSnapSyncs", COUNT, 10, "Servers that get a snapshot at a time.")
                    .without(NO_ENSEMBLE),
            prefixed("leader.maxConcurrentDiffSyncs", COUNT, 100, "Servers that get missing transactions at a time.")
                    .without(NO_ENSEMBLE),
            prefixed("leader.closeSocketAsync", SWITCH, false, "How the leader closes links.")
                    .without(NO_ENSEMBLE),
            prefixed("leader.ackLoggingFrequency", COUNT, 1000, "How often acknowledgements are logged.")
                    .without(NO_ENSEMBLE),
            bare("leader.nodelay", SWITCH, true, "Whether the leader sends small packets at once.")
                    .without(NO_ENSEMBLE),
            bare("follower.nodelay", SWITCH, true, "Whether followers send small packets at once.")
                    .without(NO_ENSEMBLE),
            prefixed("leaderConnectDelayDuringRetryMs", MILLIS, 100, "The pause between attempts to reach the leader.")
                    .without(NO_ENSEMBLE),
            prefixed("learner.closeSocketAsync", SWITCH, false, "How followers close links.")
                    .without(NO_ENSEMBLE),
            prefixed("learner.asyncSending", SWITCH, false, "Whether followers send from a thread of its own.")
                    .without(NO_ENSEMBLE),
            prefixed("observer.reconnectDelayMs", MILLIS, 0, "The pause before an observer comes back.")
                    .without(NO_ENSEMBLE),
            prefixed("observer.election.DelayMs", MILLIS, 200, "The pause before an observer looks for a leader.")
                    .without(NO_ENSEMBLE),
            prefixed("observer.syncEnabled", SWITCH, true, "Whether observers keep log and snapshots.")
                    .without(NO_ENSEMBLE),
            prefixed("observerMaster.sizeLimit", BYTES, 33_554_432, "Proposals kept for observers.")
                    .without(NO_ENSEMBLE),
            prefixed(
                            "forward_learner_requests_to_commit_processor_disabled",
                            SWITCH,
                            false,
                            "How forwarded requests travel.")
                    .without(NO_ENSEMBLE),
            prefixed("follower.skipLearnerRequestToNextProcessor", SWITCH, false, "How forwarded requests travel.")
                    .without(NO_ENSEMBLE),
            prefixed("forceSnapshotSync", SWITCH, false, "Whether followers always get a snapshot.")
                    .without(FOR_TESTS),
            prefixed("test.allowDiscontinuousProposals", SWITCH, false, "Whether gaps between proposals are accepted.")
                    .without(FOR_TESTS),
            prefixed(
                            "messageTracker.Enabled",
                            SWITCH,
                            false,
                            "Whether the last packets of a link are kept for the log.")
                    .without(NO_ENSEMBLE),
            prefixed("messageTracker.BufferSize", COUNT, 10, "How many of them.")
                    .without(NO_ENSEMBLE));

    private EnsembleKeys() {}
}
