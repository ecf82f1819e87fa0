package io.zookit.simulator.explore;

import io.zookit.model.Zxid;
import io.zookit.simulator.check.Violation;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.zab.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What must hold in every state of a {@link SmallWorld}: the rules of {@code check}, where disks are lists. */
final class SmallRules {
    private final SmallWorld world;
    private final List<StoredTxn> committed;
    private final Map<Long, StoredTxn> proposed = new TreeMap<>();
    private final Map<Long, String> leaders = new TreeMap<>();
    /** The last zxid of the history that whoever wanted to lead an epoch began with. */
    private final Map<Long, Long> offered = new TreeMap<>();
    /** The same, of those who led it. */
    private final Map<Long, Long> beginnings = new TreeMap<>();

    private final long[] promised = new long[SmallWorld.SERVERS];

    SmallRules(SmallWorld world, Shape shape) {
        this.world = world;
        committed = new ArrayList<>(shape.committed());
        for (int i = 0; i < SmallWorld.SERVERS; i++) {
            promised[i] = shape.disk(i).epochs().accepted();
            shape.disk(i).txns().forEach(txn -> proposed.put(txn.zxid(), txn));
        }
    }

    List<StoredTxn> committed() {
        return committed;
    }

    /** I1 and I11: one leader an epoch, and it has everything that ever counted before. */
    void leads(SmallServer server, long epoch) {
        beginnings.putIfAbsent(epoch, server.lastZxid());
        String leader = server.id() + "/" + server.starts();
        String other = leaders.putIfAbsent(epoch, leader);
        require(
                other == null || other.equals(leader),
                "I1",
                () -> "epoch " + epoch + " has the leaders " + other + " and " + leader);
        for (StoredTxn txn : committed) {
            require(
                    Zxid.epoch(txn.zxid()) >= epoch || server.disk().holds(txn),
                    "I11",
                    () -> "server " + server.id() + " leads epoch " + epoch + " without " + Zxid.text(txn.zxid()));
        }
    }

    /** I2: what is promised was never more, and a loss of power does not take it back. */
    void promises(SmallServer server, long epoch) {
        int index = (int) server.id() - 1;
        require(
                epoch >= promised[index],
                "I2",
                () -> "server " + server.id() + " promised " + promised[index] + " and now " + epoch);
        promised[index] = epoch;
        require(
                server.disk().epochs().accepted() >= epoch,
                "I2",
                () -> "server " + server.id() + " promises " + epoch + " and has saved "
                        + server.disk().epochs());
    }

    /** I2: nor does a start. */
    void starts(SmallServer server) {
        long accepted = server.disk().epochs().accepted();
        int index = (int) server.id() - 1;
        require(
                accepted >= promised[index],
                "I2",
                () -> "server " + server.id() + " starts with the promise of " + accepted + " and has promised "
                        + promised[index]);
    }

    /** A leader proposes. */
    void proposes(StoredTxn txn) {
        proposed.put(txn.zxid(), txn);
    }

    /** I4. */
    void appends(SmallServer server, long previous, long zxid) {
        require(
                History.follows(zxid, previous),
                "I4",
                () -> "server " + server.id() + " logs " + Zxid.text(zxid) + " after " + Zxid.text(previous));
    }

    /** The history that NEWLEADER stands for begins with what its leader has. */
    void offers(SmallServer server, long epoch) {
        offered.putIfAbsent(epoch, server.lastZxid());
    }

    /** I7 and I8: who answers NEWLEADER has the epoch's history and the epoch, durably. */
    void answers(SmallServer server, long epoch) {
        long end = offered.getOrDefault(epoch, 0L);
        boolean there = end == 0 || server.disk().txns().stream().anyMatch(txn -> txn.zxid() == end);
        require(
                there,
                "I7",
                () -> "server " + server.id() + " answers the leader of epoch " + epoch + " without " + Zxid.text(end));
        require(
                server.disk().epochs().current() >= epoch,
                "I8",
                () -> "server " + server.id() + " answers the leader of epoch " + epoch + " and has saved "
                        + server.disk().epochs());
    }

    /** I10. */
    void truncated(SmallServer server, long zxid) {
        require(
                server.disk().lastZxid() <= zxid,
                "I10",
                () -> "server " + server.id() + " truncated after " + Zxid.text(zxid) + " and has "
                        + Zxid.text(server.disk().lastZxid()));
    }

    /**
     * A server learns that the transaction at a place of its history counts. I3: the others have the same there; I5: when it is news, a
     * quorum has it durably; I6: the server itself has; I11b: some leader has proposed just that, and every later one begins with it.
     */
    void applies(SmallServer server, int place, StoredTxn txn) {
        require(server.disk().holds(txn), "I6", () -> applies(server, txn) + ", which it does not have durably");
        if (place < committed.size()) {
            StoredTxn other = committed.get(place);
            boolean same = other.zxid() == txn.zxid() && Arrays.equals(other.record(), txn.record());
            require(same, "I3", () -> applies(server, txn) + " where others have " + Zxid.text(other.zxid()));
            return;
        }
        require(place == committed.size(), "I3", () -> applies(server, txn) + " after a gap");
        long holders = world.servers().stream()
                .filter(other -> other.disk().holds(txn))
                .count();
        require(
                2 * holders > SmallWorld.SERVERS,
                "I5",
                () -> applies(server, txn) + ", which only " + holders + " have durably");
        StoredTxn original = proposed.get(txn.zxid());
        require(
                original != null && Arrays.equals(original.record(), txn.record()),
                "I11b",
                () -> applies(server, txn) + ", which no leader proposed");
        beginnings.forEach((epoch, end) -> require(
                epoch <= Zxid.epoch(txn.zxid()) || end >= txn.zxid(),
                "I11b",
                () -> applies(server, txn) + ", and the leader of epoch " + epoch + " began with " + Zxid.text(end)));
        committed.add(txn);
    }

    private static String applies(SmallServer server, StoredTxn txn) {
        return "server " + server.id() + " applies " + Zxid.text(txn.zxid());
    }

    /** I10: a snapshot holds what counts, and nothing else. */
    void installs(SmallServer server, List<StoredTxn> txns) {
        for (int i = 0; i < txns.size(); i++) {
            long zxid = txns.get(i).zxid();
            boolean same = i < committed.size() && committed.get(i).zxid() == zxid;
            require(
                    same,
                    "I10",
                    () -> "server " + server.id() + " takes a snapshot with " + Zxid.text(zxid)
                            + ", which does not count there");
        }
    }

    private static void require(boolean holds, String rule, Supplier<String> message) {
        if (!holds) {
            throw new Violation(rule, message.get());
        }
    }

    /** What the rules remember is part of a state: what comes may break them or not. */
    long fingerprint(Fingerprint fingerprint) {
        long hash = fingerprint.of(List.of(leaders, offered, beginnings), 0);
        for (long epoch : promised) {
            hash = Fingerprint.mix(hash, epoch);
        }
        for (StoredTxn txn : committed) {
            hash = Fingerprint.mix(Fingerprint.mix(hash, txn.zxid()), Arrays.hashCode(txn.record()));
        }
        return hash;
    }
}
