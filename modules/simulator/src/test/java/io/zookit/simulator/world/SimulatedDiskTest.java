package io.zookit.simulator.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulatedDiskTest {
    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static SimulatedDisk withSyncedFile(boolean journalled) {
        SimulatedDisk disk = new SimulatedDisk(journalled);
        disk.create("a");
        disk.append("a", filled(700, 1));
        disk.sync("a", new Chance(1));
        disk.syncDirectory();
        return disk;
    }

    @Test
    void whatWasSyncedSurvivesEveryCrash() {
        for (CrashMode mode : CrashMode.values()) {
            SimulatedDisk disk = withSyncedFile(false);
            disk.crash(mode, new Chance(3));
            assertArrayEquals(filled(700, 1), disk.read("a"));
        }
    }

    @Test
    void anySetOfUnsyncedSectorsIsKept() {
        Set<String> outcomes = new HashSet<>();
        for (int seed = 0; seed < 400; seed++) {
            SimulatedDisk disk = withSyncedFile(false);
            disk.append("a", filled(1000, 2));
            disk.crash(CrashMode.ADVERSARIAL, new Chance(seed));
            byte[] bytes = disk.read("a");
            // The unsynced bytes lie in the sectors 1 (from 700), 2 and 3 (to 1700).
            StringBuilder outcome = new StringBuilder();
            for (int at : new int[] {700, 1024, 1536}) {
                outcome.append(at >= bytes.length ? '-' : (char) ('0' + bytes[at]));
            }
            outcomes.add(outcome.toString());
        }
        assertEquals(Set.of("---", "2--", "02-", "22-", "002", "202", "022", "222"), outcomes);
    }

    @Test
    void aNameThatWasNotSyncedMayBeLostWithAllThatIsInTheFile() {
        int lost = 0;
        for (int seed = 0; seed < 50; seed++) {
            SimulatedDisk disk = withSyncedFile(false);
            disk.create("b");
            disk.append("b", filled(10, 3));
            disk.sync("b", new Chance(seed));
            disk.crash(CrashMode.ADVERSARIAL, new Chance(seed));
            lost += disk.exists("b") ? 0 : 1;
        }
        assertTrue(lost > 0 && lost < 50, lost + " of 50 were lost");
    }

    @Test
    void aJournalKeepsTheNameOfASyncedFile() {
        for (int seed = 0; seed < 50; seed++) {
            SimulatedDisk disk = new SimulatedDisk(true);
            disk.create("b");
            disk.append("b", filled(10, 3));
            disk.sync("b", new Chance(seed));
            disk.crash(CrashMode.JOURNALLED, new Chance(seed));
            assertArrayEquals(filled(10, 3), disk.read("b"));
        }
    }

    @Test
    void aRenameThatWasNotSyncedLeavesTheOldOrTheNewFile() {
        Set<Integer> outcomes = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            SimulatedDisk disk = withSyncedFile(false);
            disk.create("a.tmp");
            disk.append("a.tmp", filled(5, 7));
            disk.sync("a.tmp", new Chance(seed));
            disk.rename("a.tmp", "a");
            disk.crash(CrashMode.ADVERSARIAL, new Chance(seed));
            outcomes.add(disk.length("a"));
        }
        assertEquals(Set.of(5, 700), outcomes);
    }

    @Test
    void aFailedSyncIsNeverMadeGoodByALaterOne() {
        int lost = 0;
        for (int seed = 0; seed < 50; seed++) {
            SimulatedDisk disk = withSyncedFile(false);
            disk.append("a", filled(1000, 2));
            disk.failSync(0);
            Chance chance = new Chance(seed);
            assertThrows(DiskFault.class, () -> disk.sync("a", chance));
            disk.sync("a", chance);
            assertEquals(1700, disk.length("a"));
            disk.crash(CrashMode.KEEPS_ALL, chance);
            lost += Arrays.equals(filled(1000, 2), tail(disk.read("a"))) ? 0 : 1;
        }
        assertTrue(lost > 25, lost + " of 50 were lost");
    }

    private static byte[] tail(byte[] bytes) {
        return Arrays.copyOfRange(bytes, Math.min(700, bytes.length), bytes.length);
    }

    @Test
    void aFullDiskTakesAPartAndSaysSo() {
        SimulatedDisk disk = withSyncedFile(false);
        disk.failWrite(0);
        assertThrows(DiskFault.class, () -> disk.append("a", filled(100, 2)));
        assertEquals(750, disk.length("a"));
    }

    @Test
    void aCopyCrashesAlone() {
        SimulatedDisk disk = withSyncedFile(false);
        disk.append("a", filled(10, 2));
        disk.delete("a");
        SimulatedDisk copy = disk.copy();
        copy.crash(CrashMode.LOSES_ALL, new Chance(1));
        assertTrue(copy.exists("a"));
        assertFalse(disk.exists("a"));
    }
}
