package io.zookit.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.zookit.model.OpCode;
import io.zookit.pipeline.AuthPacketDecoder;
import io.zookit.pipeline.operation.RequestDecoder;
import java.util.Arrays;

/**
 * The decoders as targets for coverage-guided fuzzing. In a build each runs its known inputs once; with {@code JAZZER_FUZZ=1} in the
 * environment one target, chosen by {@code -Dtest=CoverageFuzzTest#request}, goes looking for new ones.
 */
class CoverageFuzzTest {
    private final Oracle oracle = new Oracle();

    @FuzzTest(maxDuration = "5m")
    void connectRequest(byte[] input) {
        oracle.any(new ConnectDecoder(), input);
    }

    @FuzzTest(maxDuration = "5m")
    void authPacket(byte[] input) {
        oracle.any(new AuthPacketDecoder(), input);
    }

    @FuzzTest(maxDuration = "5m")
    void transaction(byte[] input) {
        oracle.any(new TxnDecoder(), input);
    }

    /** The first byte chooses the operation, the others are its body. */
    @FuzzTest(maxDuration = "5m")
    void request(byte[] input) {
        if (input.length > 0) {
            OpCode operation = Bodies.OPERATIONS.get((input[0] & 0xff) % Bodies.OPERATIONS.size());
            oracle.any(RequestDecoder.of(operation), Arrays.copyOfRange(input, 1, input.length));
        }
    }
}
