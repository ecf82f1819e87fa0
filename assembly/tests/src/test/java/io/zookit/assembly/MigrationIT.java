package io.zookit.assembly;

import static io.zookit.assembly.Member.Kind.APACHE;
import static io.zookit.assembly.Member.Kind.OURS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An ensemble changes from Apache's servers to ours and back, one member after the other, while clients write. Each member goes another
 * way: one begins with nothing, one with its data converted, one on its data as it is.
 */
@Timeout(600)
class MigrationIT {
    private static final int CLIENTS = 3;
    private static final String IN_PLACE = "plugin.storage=files";

    @TempDir
    Path directory = Path.of("");

    private final Map<Integer, String> storages = new HashMap<>();

    @Test
    void aRollingRestartLeadsFromApachesServersToOursAndBack() throws Exception {
        try (Ensemble ensemble = Ensemble.of(directory, APACHE, APACHE, APACHE)
                        .with("snapCount=1000")
                        .startAll()
                        .filled("/everything", 200);
                Ledger ledger = Ledger.start(ensemble.connectString(), CLIENTS);
                Histories histories = Histories.start(ensemble, CLIENTS, 1)) {
            for (int id = 1; id <= 3; id++) {
                ledger.awaitMore(200, ensemble);
                exchange(ensemble, id, OURS);
                histories.nextRound();
            }
            ledger.awaitMore(200, ensemble);
            assertTrue(ensemble.members().stream().allMatch(member -> member.kind() == OURS));
            // While only ours are there, the leader dies as well.
            Member leader = ensemble.awaitLeader();
            leader.kill();
            ledger.awaitMore(200, ensemble);
            ensemble.start(leader.id(), lines(leader.id()));
            ensemble.awaitAll();
            for (int id = 1; id <= 3; id++) {
                ledger.awaitMore(200, ensemble);
                exchange(ensemble, id, APACHE);
                histories.nextRound();
            }
            ledger.awaitMore(200, ensemble);
            ledger.stop(ensemble);
            histories.stopAndCheck("there and back");
            ensemble.assertHolds(ledger, "there and back");
        }
    }

    @Test
    void aSecondMemberMayDieWhileOneIsExchanged() throws Exception {
        try (Ensemble ensemble = Ensemble.of(directory, APACHE, APACHE, APACHE).startAll();
                Ledger ledger = Ledger.start(ensemble.connectString(), CLIENTS)) {
            for (int id = 1; id <= 3; id++) {
                ledger.awaitMore(100, ensemble);
                Member other = ensemble.member(id % 3 + 1);
                ensemble.member(id).kill();
                ensemble.member(id).wipe();
                ensemble.member(id).becomes(OURS);
                // Now there is no quorum, and what begins with nothing must not help to make one without the other's
                // data.
                other.kill();
                ensemble.start(id);
                ensemble.start(other.id());
                ensemble.awaitAll();
            }
            ledger.awaitMore(100, ensemble);
            ledger.stop(ensemble);
            ensemble.assertHolds(ledger, "with a second one");
        }
    }

    private void exchange(Ensemble ensemble, int id, Member.Kind kind) throws Exception {
        Member member = ensemble.member(id);
        member.end();
        member.becomes(kind);
        switch (id) {
            case 1 -> member.wipe();
            case 2 -> convert(ensemble, member);
            default -> storages.put(id, IN_PLACE);
        }
        ensemble.start(id, lines(id));
        ensemble.awaitAll();
    }

    /** What its configuration needs in addition, as one of ours. */
    private String[] lines(int id) {
        return storages.containsKey(id) ? new String[] {storages.get(id)} : new String[0];
    }

    /** Apache's data and ours have names of their own; what was there before goes away once it was converted. */
    private void convert(Ensemble ensemble, Member member) throws Exception {
        String files = "files:" + member.data();
        String mapdb = "mapdb:" + member.data();
        boolean toOurs = member.kind() == OURS;
        Path tool = Distribution.built().directory().resolve("bin/zkTool.sh");
        List<String> command = List.of(tool.toString(), "convert", toOurs ? files : mapdb, toOurs ? mapdb : files);
        try (Running conversion = Running.start(directory, Map.of(), command)) {
            assertEquals(0, conversion.exitCode(), conversion.text() + "\n" + ensemble.text());
        }
        String obsolete = toOurs ? "version-2" : "mapdb-1";
        Files.move(member.data().resolve(obsolete), directory.resolve(obsolete + "-of-" + member.id()));
    }
}
