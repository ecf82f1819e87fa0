package io.zookit.differential;

import io.zookit.differential.Step.Burst;
import io.zookit.differential.Step.Connect;
import io.zookit.differential.Step.Connecting;
import io.zookit.differential.Step.Drop;
import io.zookit.differential.Step.Garbage;
import io.zookit.differential.Step.Request;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Turns a seed into steps: always the same ones, without looking at any server. */
final class StepGenerator {
    /** How many clients there are. */
    static final int CLIENTS = 4;

    private static final int BURST_MAX = 20;
    private static final int[] TIMEOUTS = {150_000, 0, -1, 1, 100_000, 200_000, 1_000_000, Integer.MAX_VALUE};

    private final Arguments arguments;
    private final RequestGenerator requests;
    private final boolean bursts;

    /**
     * @param seed decides everything
     * @param bursts whether clients send several requests before they read
     */
    StepGenerator(long seed, boolean bursts) {
        SplittableRandom random = new SplittableRandom(seed);
        this.arguments = new Arguments(random, !bursts);
        this.requests = new RequestGenerator(arguments);
        this.bursts = bursts;
    }

    /** Steps with this many requests, or a few more. */
    List<Step> steps(int requestCount) {
        List<Step> steps = new ArrayList<>();
        int count = 0;
        while (count < requestCount) {
            Step step = step();
            steps.add(step);
            count += step instanceof Burst burst ? burst.requests().size() : 1;
        }
        return steps;
    }

    private Step step() {
        int slot = arguments.below(CLIENTS);
        int kind = arguments.below(1_000);
        if (kind < 10) {
            return connect(slot);
        } else if (kind < 13) {
            return new Drop(slot);
        } else if (kind < 15) {
            return garbage(slot);
        } else if (bursts && kind < 700) {
            return burst(slot);
        }
        return requests.any(slot);
    }

    private Connect connect(int slot) {
        Connecting how = arguments.oneOf(Connecting.values());
        return new Connect(slot, how, arguments.oneOf(TIMEOUTS));
    }

    private Burst burst(int slot) {
        List<Request> together = new ArrayList<>();
        for (int count = 2 + arguments.below(BURST_MAX - 1); count > 0; count--) {
            together.add(requests.together(slot));
        }
        return new Burst(slot, together);
    }

    private Garbage garbage(int slot) {
        int kind = arguments.below(4);
        if (kind == 0) {
            int length = arguments.oneOf(-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1_048_576, 2_000_000);
            return new Garbage(slot, ByteBuffer.allocate(4).putInt(length).array(), "a frame of " + length + " bytes");
        } else if (kind == 1) {
            byte[] word = "ruok".getBytes(StandardCharsets.US_ASCII);
            return new Garbage(slot, word, "a word in the middle of a conversation");
        }
        int length = arguments.below(8);
        byte[] frame = ByteBuffer.allocate(4 + length)
                .putInt(length)
                .put(arguments.bytes(length))
                .array();
        return new Garbage(slot, frame, "a frame of " + length + " bytes, too short for a header");
    }
}
