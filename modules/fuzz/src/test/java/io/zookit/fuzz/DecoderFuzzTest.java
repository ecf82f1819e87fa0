package io.zookit.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.OpCode;
import io.zookit.pipeline.AuthPacketDecoder;
import io.zookit.pipeline.operation.RequestDecoder;
import io.zookit.wire.JuteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every decoder against bytes that a generator with knowledge of the protocol has made and damaged. A failure prints the seed and
 * the input; {@code -Dfuzz.seed} repeats a run.
 */
class DecoderFuzzTest {
    private static final int WARM_UP = 10_000;
    private static final int EVERY_TRUNCATION_ONE_IN = 100;

    private final long seed = Long.getLong("fuzz.seed", 20261122L);
    private final long executions = Long.getLong("fuzz.executions", 100_000);
    private final Chance chance = new Chance(seed);
    private final Damage damage = new Damage(chance);
    private final Bodies bodies = new Bodies(chance);
    private final Transactions transactions = new Transactions(chance);
    private final Oracle oracle = new Oracle();
    private final JuteWriter writer = new JuteWriter(1 << 10);
    private final List<Subject<?>> subjects = subjects();

    /** A decoder, and who writes what it reads. */
    private record Subject<T>(Decoder<T> decoder, Runnable writing) {}

    private List<Subject<?>> subjects() {
        List<Subject<?>> all = new ArrayList<>();
        for (OpCode operation : Bodies.OPERATIONS) {
            all.add(new Subject<>(RequestDecoder.of(operation), () -> bodies.write(operation, writer)));
        }
        all.add(new Subject<>(new ConnectDecoder(), this::connect));
        all.add(new Subject<>(new AuthPacketDecoder(), this::auth));
        all.add(new Subject<>(new TxnDecoder(), () -> transactions.write(writer)));
        return all;
    }

    private void connect() {
        writer.writeInt(chance.anyInt());
        writer.writeLong(chance.anyLong());
        writer.writeInt(chance.anyInt());
        writer.writeLong(chance.anyLong());
        writer.writeBuffer(chance.oneIn(3) ? chance.anyBytes() : new byte[16]);
        if (chance.oneIn(2)) {
            writer.writeBoolean(chance.oneIn(2));
        }
    }

    private void auth() {
        writer.writeInt(0);
        writer.writeString(chance.of("digest", "ip", "world", "", "nosuch"));
        writer.writeBuffer(chance.anyBytes());
    }

    @Test
    void noInputMakesADecoderMisbehave() {
        try {
            for (int round = 0; oracle.executions() < executions; round++) {
                tryOut(subjects.get(round % subjects.size()));
            }
        } catch (AssertionError failure) {
            throw new AssertionError("-Dfuzz.seed=" + seed + ", execution " + oracle.executions(), failure);
        }
        long accepted = oracle.accepted();
        assertTrue(accepted > executions / 20 && accepted < executions / 20 * 19, () -> "accepted " + accepted);
    }

    private <T> void tryOut(Subject<T> subject) {
        writer.clear();
        subject.writing().run();
        byte[] whole = writer.toByteArray();
        oracle.wellFormed(subject.decoder(), whole);
        for (int i = 0; i < 6; i++) {
            oracle.any(subject.decoder(), damage.of(whole));
        }
        if (chance.oneIn(EVERY_TRUNCATION_ONE_IN) && whole.length < 300) {
            for (int length = 0; length < whole.length; length++) {
                oracle.any(subject.decoder(), Arrays.copyOf(whole, length));
            }
        }
    }

    @Test
    void aHugeInputCostsNoMoreThanItsSize() {
        byte[] text = new byte[1 << 20];
        Arrays.fill(text, (byte) 'a');
        byte[] deep = "/d".repeat(1 << 19).getBytes();
        byte[] zeros = new byte[1 << 20];
        byte[] ones = new byte[1 << 20];
        Arrays.fill(ones, (byte) 0xff);
        for (int round = 0; oracle.executions() < WARM_UP; round++) {
            tryOut(subjects.get(round % subjects.size()));
        }
        for (Subject<?> subject : subjects) {
            for (byte[] content : List.of(text, deep, zeros, ones)) {
                writer.clear();
                writer.writeBuffer(content);
                writer.writeRaw(zeros, 0, 64);
                oracle.any(subject.decoder(), writer.toByteArray());
                oracle.any(subject.decoder(), content);
            }
        }
    }
}
