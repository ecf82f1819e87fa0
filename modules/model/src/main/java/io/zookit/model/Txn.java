package io.zookit.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One change, decided by the leader: applying the same transactions in the same order gives the same tree everywhere. Nothing
 * in it is left to be checked or looked up again (Zab: the primary broadcasts incremental state changes, not commands).
 *
 * <p>Byte arrays are shared, never copied, and must not be changed.
 */
public sealed interface Txn {
    /** The number under which the transaction travels and is stored. */
    OpCode type();

    /**
     * A new znode.
     *
     * @param type one of CREATE, CREATE2, CREATE_CONTAINER, CREATE_TTL; the kind of znode follows from it and from {@code ephemeral}
     * @param path complete path, the sequential suffix included
     * @param data the data, {@code null} for none (which a client can tell from empty)
     * @param acl the complete list
     * @param ephemeral whether the znode belongs to the session of the header; only with CREATE and CREATE2
     * @param ttlMillis the time to live; 0 except with CREATE_TTL
     * @param parentCversion the parent's persisted cversion after this change, or -1 when unknown (very old logs)
     */
    record Create(
            OpCode type,
            String path,
            byte @Nullable [] data,
            List<Acl> acl,
            boolean ephemeral,
            long ttlMillis,
            int parentCversion)
            implements Txn {}

    /**
     * A znode goes.
     *
     * @param type DELETE, or DELETE_CONTAINER when the server itself removes a container or TTL znode
     * @param path the znode
     */
    record Delete(OpCode type, String path) implements Txn {}

    /**
     * New data.
     *
     * @param type SET_DATA, or RECONFIG when the data is a new ensemble configuration
     * @param path the znode
     * @param data the data, {@code null} for none
     * @param version the znode's version after this change
     */
    record SetData(OpCode type, String path, byte @Nullable [] data, int version) implements Txn {}

    /**
     * A new ACL.
     *
     * @param path the znode
     * @param acl the complete list
     * @param aversion the znode's aversion after this change
     */
    record SetAcl(String path, List<Acl> acl, int aversion) implements Txn {
        @Override
        public OpCode type() {
            return OpCode.SET_ACL;
        }
    }

    /**
     * A version check that passed; changes nothing, and occurs only inside {@link Multi}.
     *
     * @param path the znode
     * @param version the version that was found, plus one (as it has always been written)
     */
    record Check(String path, int version) implements Txn {
        @Override
        public OpCode type() {
            return OpCode.CHECK;
        }
    }

    /**
     * The session of the header begins.
     *
     * @param timeoutMillis its negotiated timeout
     */
    record CreateSession(int timeoutMillis) implements Txn {
        @Override
        public OpCode type() {
            return OpCode.CREATE_SESSION;
        }
    }

    /**
     * The session of the header ends.
     *
     * @param paths its ephemerals, which go with it; {@code null} in old logs that did not list them
     */
    record CloseSession(@Nullable List<String> paths) implements Txn {
        @Override
        public OpCode type() {
            return OpCode.CLOSE_SESSION;
        }
    }

    /**
     * Several changes under one zxid, all or nothing: when one part is an {@link Rejected}, none is applied.
     *
     * @param parts the changes in order
     */
    record Multi(List<Txn> parts) implements Txn {
        @Override
        public OpCode type() {
            return OpCode.MULTI;
        }

        /** Whether some part was rejected, so that nothing is applied. */
        public boolean isRejected() {
            for (Txn part : parts) {
                if (part instanceof Rejected) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * A write that was rejected. It changes nothing but has its place in the order of all transactions.
     *
     * @param code the number of the {@link ErrorCode}; kept raw because old and foreign logs may hold others
     */
    record Rejected(int code) implements Txn {
        @Override
        public OpCode type() {
            return OpCode.ERROR;
        }
    }
}
