package io.zookit.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingStackTest {
    private final ClosingStack stack = new ClosingStack();
    private final List<String> closed = new ArrayList<>();

    @Test
    void closesInReverseAndOnce() {
        stack.push(() -> closed.add("storage"));
        stack.push(() -> closed.add("transport"));
        stack.close();
        stack.close();
        assertEquals(List.of("transport", "storage"), closed);
    }

    @Test
    void closesEverythingAndKeepsTheFirstFailure() {
        RuntimeException second = new IllegalStateException("second");
        RuntimeException first = new IllegalStateException("first");
        stack.push(() -> closed.add("storage"));
        stack.push(() -> {
            throw second;
        });
        stack.push(() -> {
            throw first;
        });
        assertSame(first, assertThrows(IllegalStateException.class, stack::close));
        assertArrayEquals(new Throwable[] {second}, first.getSuppressed());
        assertEquals(List.of("storage"), closed);
    }

    @Test
    void wrapsACheckedFailure() {
        stack.push(() -> {
            throw new Exception("disk");
        });
        assertEquals(
                "closing failed: disk",
                assertThrows(IllegalStateException.class, stack::close).getMessage());
    }

    @Test
    void theReasonOfAFailedStartStaysTheFirstFailure() {
        RuntimeException reason = new IllegalStateException("reason");
        RuntimeException closing = new IllegalStateException("closing");
        stack.push(() -> closed.add("storage"));
        stack.push(() -> {
            throw closing;
        });
        stack.closeAfter(reason);
        assertArrayEquals(new Throwable[] {closing}, reason.getSuppressed());
        assertEquals(List.of("storage"), closed);
    }

    @Test
    void nothingStartsAfterTheEnd() {
        stack.close();
        assertThrows(IllegalStateException.class, () -> stack.push(() -> {}));
    }
}
