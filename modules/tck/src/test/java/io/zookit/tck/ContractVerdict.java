package io.zookit.tck;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** What a contract says about a storage: runs its tests one by one, as JUnit would. */
final class ContractVerdict {
    private ContractVerdict() {}

    /** A test that passes when the contract finds the bug. */
    static DynamicTest finds(String bug, Supplier<StorageContract> contract) {
        return DynamicTest.dynamicTest(bug, () -> assertTrue(fails(contract), "no test of the contract notices it"));
    }

    /** Whether a test fails. One that is skipped is a mistake of the fixture here. */
    private static boolean fails(Supplier<StorageContract> contracts) throws Exception {
        for (Method test : contracts.get().getClass().getSuperclass().getDeclaredMethods()) {
            if (test.isAnnotationPresent(Test.class)) {
                StorageContract contract = contracts.get();
                contract.openStorage();
                try {
                    test.invoke(contract);
                } catch (InvocationTargetException e) {
                    assertFalse(e.getCause() instanceof TestAbortedException, () -> test.getName() + " was skipped");
                    return true;
                } finally {
                    contract.closeStorage();
                }
            }
        }
        return false;
    }
}
