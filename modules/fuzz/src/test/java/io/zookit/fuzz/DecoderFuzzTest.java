package io.zookit.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Acl;
import io.zookit.model.Id;
import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.pipeline.AuthPacketDecoder;
import io.zookit.pipeline.operation.RequestDecoder;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.TxnCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Every decoder against bytes that a generator with knowledge of the protocol has made and damaged. A failure prints the seed and
 * the input; {@code -Dfuzz.seed} repeats a run.
 */
class DecoderFuzzTest {
    private static final int WARM_UP = 10_000;
    private static final int EVERY_TRUNCATION_ONE_IN = 100;
    private static final int SMALL_THINGS = 50_000;
    private static final Acl SMALLEST_ENTRY = new Acl(1, new Id("a", "b"));

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
        // One wide character makes all characters wide.
        byte[] wide = text.clone();
        System.arraycopy("\u20ac".getBytes(StandardCharsets.UTF_8), 0, wide, wide.length - 3, 3);
        byte[] deep = "/d".repeat(1 << 19).getBytes();
        byte[] zeros = new byte[1 << 20];
        byte[] ones = new byte[1 << 20];
        Arrays.fill(ones, (byte) 0xff);
        for (int round = 0; oracle.executions() < WARM_UP; round++) {
            tryOut(subjects.get(round % subjects.size()));
        }
        for (Subject<?> subject : subjects) {
            for (byte[] content : List.of(text, wide, deep, zeros, ones)) {
                writer.clear();
                writer.writeBuffer(content);
                writer.writeRaw(zeros, 0, 64);
                oracle.any(subject.decoder(), writer.toByteArray());
                oracle.any(subject.decoder(), content);
            }
        }
    }

    @Test
    void aHugeListOfTheSmallestThingsCostsNoMoreThanItsSize() {
        for (int round = 0; oracle.executions() < WARM_UP; round++) {
            tryOut(subjects.get(round % subjects.size()));
        }
        for (Consumer<JuteWriter> list : List.<Consumer<JuteWriter>>of(
                DecoderFuzzTest::watches,
                DecoderFuzzTest::entries,
                DecoderFuzzTest::creation,
                DecoderFuzzTest::writes,
                DecoderFuzzTest::reads,
                body -> transaction(new Txn.CloseSession(Collections.nCopies(SMALL_THINGS, "a")), body),
                body -> transaction(new Txn.SetAcl("/", Collections.nCopies(SMALL_THINGS, SMALLEST_ENTRY), 0), body),
                body -> transaction(new Txn.Multi(Collections.nCopies(SMALL_THINGS, new Txn.Check("a", 0))), body))) {
            writer.clear();
            list.accept(writer);
            byte[] input = writer.toByteArray();
            subjects.forEach(subject -> oracle.any(subject.decoder(), input));
        }
    }

    private static void watches(JuteWriter body) {
        body.writeLong(0);
        for (int list = 0; list < 5; list++) {
            body.writeStrings(Collections.nCopies(SMALL_THINGS, "a"));
        }
    }

    private static void entries(JuteWriter body) {
        body.writeString("/");
        body.writeAcls(Collections.nCopies(SMALL_THINGS, SMALLEST_ENTRY));
        body.writeInt(0);
    }

    private static void creation(JuteWriter body) {
        body.writeString("/");
        body.writeBuffer(null);
        body.writeAcls(Collections.nCopies(SMALL_THINGS, SMALLEST_ENTRY));
        body.writeInt(0);
        body.writeLong(-1);
    }

    private static void writes(JuteWriter body) {
        for (int i = 0; i < SMALL_THINGS; i++) {
            part(i % 2 == 0 ? OpCode.CHECK : OpCode.CREATE, body);
            body.writeString("a");
            body.writeInt(i % 2 == 0 ? 0 : -1);
            if (i % 2 == 1) {
                body.writeAcls(List.of(SMALLEST_ENTRY));
                body.writeInt(0);
            }
        }
        end(body);
    }

    private static void reads(JuteWriter body) {
        for (int i = 0; i < SMALL_THINGS; i++) {
            part(OpCode.GET_DATA, body);
            body.writeString("a");
            body.writeBoolean(false);
        }
        end(body);
    }

    private static void part(OpCode operation, JuteWriter body) {
        body.writeInt(operation.code());
        body.writeBoolean(false);
        body.writeInt(-1);
    }

    private static void end(JuteWriter body) {
        body.writeInt(OpCode.ERROR.code());
        body.writeBoolean(true);
        body.writeInt(-1);
    }

    private static void transaction(Txn txn, JuteWriter body) {
        TxnCodec.write(body, new TxnHeader(1, 1, 1, 1), txn, null);
    }
}
