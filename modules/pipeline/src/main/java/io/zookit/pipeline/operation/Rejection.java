package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.Txn;

/** Turns an error code into the transaction of a rejected write. */
final class Rejection {
    private Rejection() {}

    static Txn of(ErrorCode code) {
        return new Txn.Rejected(code.code());
    }

    static boolean isOf(ErrorCode code, Txn txn) {
        return txn instanceof Txn.Rejected rejected && rejected.code() == code.code();
    }
}
