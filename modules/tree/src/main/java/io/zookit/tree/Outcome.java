package io.zookit.tree;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.model.Stat;
import io.zookit.model.Txn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction did: all that a reply needs.
 *
 * @param type the type of the transaction; ERROR for one that was rejected, and for every part of a rejected multi
 * @param error OK, the code of the rejection, or (only when a newer tree is replayed) why nothing could be done. Of a multi always
 *     OK, because its reply succeeds and holds the errors of the parts.
 * @param path the znode, {@code null} when the transaction is about none
 * @param stat the znode's facts right after this change, {@code null} after a deletion, a check or an error
 * @param parts of a multi, one per part in order; otherwise empty
 */
public record Outcome(
        OpCode type,
        ErrorCode error,
        @Nullable String path,
        @Nullable Stat stat,
        List<Outcome> parts) {

    static Outcome done(Txn txn, String path, @Nullable Stat stat) {
        return new Outcome(txn.type(), ErrorCode.OK, path, stat, List.of());
    }

    static Outcome failed(Txn txn, String path, ErrorCode error) {
        return new Outcome(txn.type(), error, path, null, List.of());
    }

    static Outcome withoutZnode(Txn txn) {
        return new Outcome(txn.type(), ErrorCode.OK, null, null, List.of());
    }

    static Outcome rejected(ErrorCode error) {
        return new Outcome(OpCode.ERROR, error, null, null, List.of());
    }

    static Outcome rejected(Txn.Rejected rejected) {
        return rejected(errorOf(rejected.code()));
    }

    /**
     * A multi that was rejected: nothing of it happened. The parts before the failing one were in order (OK), the failing one has
     * its code, and what comes later was not looked at (client protocol: RUNTIME_INCONSISTENCY).
     */
    static Outcome rejected(Txn.Multi multi) {
        List<Outcome> parts = new ArrayList<>(multi.parts().size());
        ErrorCode others = ErrorCode.OK;
        for (Txn part : multi.parts()) {
            if (part instanceof Txn.Rejected rejected) {
                parts.add(rejected(rejected));
                others = ErrorCode.RUNTIME_INCONSISTENCY;
            } else {
                parts.add(rejected(others));
            }
        }
        return new Outcome(OpCode.MULTI, ErrorCode.OK, null, null, List.copyOf(parts));
    }

    /** The code of a number in a log. Numbers of old and foreign logs that mean nothing to us read as SYSTEM_ERROR. */
    private static ErrorCode errorOf(int code) {
        for (ErrorCode error : ErrorCode.values()) {
            if (error.code() == code) {
                return error;
            }
        }
        return ErrorCode.SYSTEM_ERROR;
    }
}
