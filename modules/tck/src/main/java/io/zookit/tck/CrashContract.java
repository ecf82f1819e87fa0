package io.zookit.tck;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.disk.DiskCalls;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.StorageException;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What every storage does that makes its file calls through {@link DiskCalls}: the power fails at each single call, or the disk is full from it
 * on, and any part of what was not forced is left. The storage opens again by itself, and everything promised is there.
 */
public abstract class CrashContract {
    private static final int STEPS = 30;
    private static final int SEEDS = 5;

    /** A contract is extended, with one method to implement. */
    protected CrashContract() {}

    /** Makes a storage on a disk, not open yet. */
    protected abstract Storage newStorage(DiskCalls disk);

    /** Whether of what is appended for one sync all comes through a crash or nothing. */
    protected boolean keepsBatchesWhole() {
        return true;
    }

    private Storage openOn(DiskCalls disk) {
        Storage storage = newStorage(disk);
        storage.open();
        return storage;
    }

    private CrashWorkload newWorkload(long seed) {
        return new CrashWorkload(seed, keepsBatchesWhole());
    }

    @Test
    void everythingPromisedIsThereAfterThePowerFailedAtAnyCall() {
        int states = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            int calls = callsOf(seed);
            for (int cut = 1; cut <= calls; cut++) {
                for (int variant = 0; variant < 2; variant++) {
                    crash(seed, cut, variant, 0);
                    states++;
                }
            }
        }
        assertTrue(states > 1_000, "only " + states + " states were tried");
    }

    @Test
    void thePowerMayFailAgainDuringRecovery() {
        for (long seed = 101; seed <= 101 + SEEDS; seed++) {
            int calls = callsOf(seed);
            Random random = new Random(seed);
            for (int i = 0; i < 40; i++) {
                crash(seed, 1 + random.nextInt(calls), i, 1 + random.nextInt(12));
            }
        }
    }

    @Test
    void thisTestNoticesAFileThatWasNotForced() {
        assertTrue(noticed(SimulatedDisk::lieAboutForces), "no state showed that files were never forced");
    }

    @Test
    void thisTestNoticesADirectoryThatWasNotForced() {
        assertTrue(noticed(SimulatedDisk::lieAboutDirectories), "no state showed that directories were never forced");
    }

    private boolean noticed(Consumer<SimulatedDisk> lie) {
        for (int seed = 1; seed <= 50; seed++) {
            CrashWorkload workload = newWorkload(seed);
            SimulatedDisk disk = new SimulatedDisk();
            lie.accept(disk);
            try (Storage storage = openOn(disk)) {
                workload.run(storage, STEPS);
            }
            try (Storage storage = openOn(disk.afterPowerLoss(new Random(seed)))) {
                workload.verify(storage);
            } catch (StorageException | AssertionError e) {
                return true;
            }
        }
        return false;
    }

    private int callsOf(long seed) {
        SimulatedDisk disk = new SimulatedDisk();
        try (Storage storage = openOn(disk)) {
            newWorkload(seed).run(storage, STEPS);
        }
        return disk.calls();
    }

    private void crash(long seed, int cut, int variant, int cutInRecovery) {
        try {
            Random random = new Random(seed * 1_000_003 + cut * 31L + variant);
            CrashWorkload workload = newWorkload(seed);
            SimulatedDisk disk = new SimulatedDisk();
            disk.cutPowerAt(cut);
            runUntilPowerFails(disk, workload);
            disk = disk.afterPowerLoss(random);
            if (cutInRecovery > 0) {
                disk.cutPowerAt(cutInRecovery);
                openUntilPowerFails(disk);
                disk = disk.afterPowerLoss(random);
            }
            verifyAndGoOn(disk, workload);
            verifyAndGoOn(disk.afterPowerLoss(random), workload);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + ", power cut at call " + cut + ", variant " + variant + ", in recovery "
                            + cutInRecovery,
                    e);
        }
    }

    private void runUntilPowerFails(SimulatedDisk disk, CrashWorkload workload) {
        Storage storage = newStorage(disk);
        try {
            storage.open();
            workload.run(storage, STEPS);
            storage.close();
        } catch (StorageException e) {
            assertTrue(causedByPowerCut(e), () -> "not the power cut: " + e);
            closeQuietly(storage);
        }
    }

    private void openUntilPowerFails(SimulatedDisk disk) {
        Storage storage = newStorage(disk);
        try {
            storage.open();
            disk.cutPowerAt(0);
        } catch (StorageException e) {
            assertTrue(causedByPowerCut(e), () -> "not the power cut: " + e);
        }
        closeQuietly(storage);
    }

    private void verifyAndGoOn(SimulatedDisk disk, CrashWorkload workload) {
        Storage storage = openOn(disk);
        workload.verify(storage);
        workload.run(storage, 3);
        disk.heal();
        storage = openOn(disk);
        workload.verify(storage);
    }

    private static boolean causedByPowerCut(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SimulatedDisk.PowerCut) {
                return true;
            }
        }
        return false;
    }

    private static void closeQuietly(Storage storage) {
        try {
            storage.close();
        } catch (StorageException e) {
            // The disk is gone.
        }
    }

    @Test
    void aFullDiskAtAnyCallIsReportedAndLosesNothing() {
        for (long seed = 201; seed <= 203; seed++) {
            int calls = callsOf(seed);
            for (int full = 1; full <= calls; full++) {
                try {
                    fillDisk(seed, full);
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionError("seed " + seed + ", disk full at call " + full, e);
                }
            }
        }
    }

    private void fillDisk(long seed, int full) {
        CrashWorkload workload = newWorkload(seed);
        SimulatedDisk disk = new SimulatedDisk();
        disk.failFrom(full);
        Storage storage = newStorage(disk);
        assertThrows(StorageException.class, () -> {
            storage.open();
            workload.run(storage, STEPS);
            storage.close();
            // Deleting and shortening work on a full disk: if the end was such a call, the next write tells.
            openOn(disk).values().put("epoch", new byte[10]);
        });
        closeQuietly(storage);
        SimulatedDisk afterPowerLoss = disk.afterPowerLoss(new Random(seed + full));
        disk.heal();
        try (Storage freed = openOn(disk)) {
            workload.verify(freed);
            workload.run(freed, 3);
        }
        try (Storage freed = openOn(afterPowerLoss)) {
            freed.log().lastZxid();
        }
    }
}
