package io.zookit.pipeline.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.OpCode;
import io.zookit.wire.JuteReader;
import io.zookit.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OperationsTest {
    private final Operations operations = new Operations();

    @Test
    void theServersOwnOperationsAreNotForClients() {
        assertNull(operations.find(OpCode.DELETE_CONTAINER.code()));
        assertNull(operations.find(OpCode.CREATE_SESSION.code()));
        assertNull(operations.find(OpCode.CHECK.code()), "a check alone is unknown");
        assertNull(operations.find(OpCode.NOTIFICATION.code()));
        assertNull(operations.find(999));
    }

    @Test
    void everyOtherOperationIsThere() {
        for (OpCode code :
                List.of(OpCode.CREATE, OpCode.MULTI, OpCode.SET_WATCHES2, OpCode.CLOSE_SESSION, OpCode.PING)) {
            assertEquals(code, present(code).code());
        }
    }

    private Operation<?> present(OpCode code) {
        Operation<?> operation = operations.find(code.code());
        assertNotNull(operation);
        return operation;
    }

    /** Any bytes are a request or one typed error: nothing else escapes, and claimed lengths allocate nothing. */
    @Test
    void anyBodyIsDecodedOrRefused() {
        long seed = 0x5eed;
        SplittableRandom random = new SplittableRandom(seed);
        List<Operation<?>> all = new ArrayList<>();
        for (OpCode code : OpCode.values()) {
            Operation<?> operation = operations.find(code.code());
            if (operation != null) {
                all.add(operation);
            }
        }
        int refused = 0;
        for (int i = 0; i < 200_000; i++) {
            Operation<?> operation = all.get(random.nextInt(all.size()));
            byte[] body = body(random);
            try {
                operation.decode(new JuteReader(ByteBuffer.wrap(body)));
            } catch (WireFormatException expected) {
                refused++;
            } catch (RuntimeException | Error escaped) {
                throw new AssertionError("seed " + seed + ", run " + i + ", " + operation.code(), escaped);
            }
        }
        assertTrue(refused > 1_000, "the generator makes bad bodies");
    }

    /** Bytes that look like fields: small counts, -1, -2, extremes, short strings. */
    private static byte[] body(SplittableRandom random) {
        ByteBuffer body = ByteBuffer.allocate(256);
        int fields = random.nextInt(12);
        for (int i = 0; i < fields && body.remaining() > 32; i++) {
            switch (random.nextInt(6)) {
                case 0 -> body.putInt(random.nextInt(-2, 8));
                case 1 -> body.putInt(random.nextBoolean() ? Integer.MAX_VALUE : Integer.MIN_VALUE);
                case 2 -> {
                    int length = random.nextInt(8);
                    body.putInt(length);
                    for (int b = 0; b < length; b++) {
                        body.put((byte) random.nextInt(256));
                    }
                }
                case 3 -> body.putLong(random.nextLong());
                case 4 -> body.put((byte) random.nextInt(2));
                default -> body.putInt(2).put((byte) '/').put((byte) 'a');
            }
        }
        byte[] bytes = new byte[random.nextInt(body.position() + 1)];
        body.flip().get(bytes);
        return bytes;
    }
}
