package io.zookit.pipeline.words;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The trace mask of a server, and its two words: {@code gtmk} tells it, {@code stmk} with eight bytes more sets it. Apache's server
 * chooses among its trace lines by it. This one has no such lines; the mask is kept for tools that set it and expect it back. Owned
 * by the owner of the state.
 */
final class TraceMask {
    private static final int MASK_BYTES = Long.BYTES;
    /** Requests of clients, packets between servers, sessions and warnings: what Apache's server begins with. */
    private static final long INITIAL = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 8;

    private long mask = INITIAL;

    /** The word that tells it. */
    Word gtmk() {
        return new Gtmk();
    }

    /** The word that sets it. */
    Word stmk() {
        return new Stmk(null);
    }

    private final class Gtmk implements Word {
        @Override
        public String name() {
            return "gtmk";
        }

        @Override
        public boolean needsLeader() {
            return false;
        }

        @Override
        public Stream<String> answer(ServerFacts facts, MachineFacts machine) {
            return Stream.of(Long.toString(mask));
        }
    }

    private final class Stmk implements Word {
        private final @Nullable Long wanted;

        Stmk(@Nullable Long wanted) {
            this.wanted = wanted;
        }

        @Override
        public String name() {
            return "stmk";
        }

        @Override
        public boolean needsLeader() {
            return false;
        }

        @Override
        public int parameterBytes() {
            return MASK_BYTES;
        }

        @Override
        public Word with(ByteBuffer parameter) {
            return new Stmk(parameter.getLong());
        }

        @Override
        public Stream<String> answer(ServerFacts facts, MachineFacts machine) {
            mask = wanted == null ? mask : wanted;
            return Stream.of(Long.toString(mask));
        }
    }
}
