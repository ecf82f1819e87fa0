package io.zookit.pipeline.operation;

import io.zookit.model.Acl;
import io.zookit.model.CreateMode;
import io.zookit.model.EphemeralOwner;
import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.model.Permissions;
import io.zookit.model.Txn;
import io.zookit.model.ZnodePath;
import io.zookit.tree.Outcome;
import io.zookit.tree.PendingZnode;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.WireFormatException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Creates a znode: create, create2, createContainer and createTTL, which differ in their request and reply only. */
final class CreateOperation implements WriteOperation<CreateOperation.Create> {
    private static final int NO_TTL = -1;
    /** The digits of a sequential suffix: {@code %010d} of the parent's counter. */
    private static final int SUFFIX_DIGITS = 10;

    private final OpCode code;

    /**
     * @param code one of CREATE, CREATE2, CREATE_CONTAINER, CREATE_TTL
     */
    CreateOperation(OpCode code) {
        this.code = code;
    }

    /**
     * A wish for a znode.
     *
     * @param flags the number of a {@link CreateMode}
     * @param ttlMillis the time to live, -1 when the request has none
     */
    record Create(@Nullable String path, byte @Nullable [] data, List<Acl> acl, int flags, long ttlMillis)
            implements Request {
        Create withoutTtl() {
            return new Create(path, data, acl, flags, NO_TTL);
        }
    }

    @Override
    public OpCode code() {
        return code;
    }

    @Override
    public Create decode(JuteReader body) {
        return new Create(
                body.readString(),
                body.readBuffer(),
                body.readAcls(),
                body.readInt(),
                code == OpCode.CREATE_TTL ? body.readLong() : NO_TTL);
    }

    /**
     * The operation a request stands for as a part of a multi: there the mode decides, a time to live takes createTTL, and flags
     * without a meaning make the multi unreadable (client protocol, multi).
     *
     * @return one of the four codes
     * @throws WireFormatException when there is no such part
     */
    OpCode codeAsPart(Create request) {
        CreateMode mode = CreateMode.ofFlag(request.flags());
        if (code == OpCode.CREATE_TTL) {
            boolean plain = mode == null || !mode.hasTtl();
            return plain ? codeOf(mode, OpCode.CREATE) : code;
        }
        if (mode == null || mode.hasTtl()) {
            throw new WireFormatException("flags " + request.flags() + " of a part that creates");
        }
        return codeOf(mode, code);
    }

    private static OpCode codeOf(@Nullable CreateMode mode, OpCode otherwise) {
        return mode == CreateMode.CONTAINER ? OpCode.CREATE_CONTAINER : otherwise;
    }

    @Override
    public Txn prepare(Create request, PrepareContext context) {
        CreateMode mode = CreateMode.ofFlag(request.flags());
        ErrorCode modeError = modeError(mode, request.ttlMillis(), context.extendedTypes());
        if (mode == null || modeError != ErrorCode.OK) {
            return Rejection.of(modeError);
        }
        if (mode.isEphemeral() && !context.ephemerals()) {
            // Its server should have made it known to us first; nobody would know when to remove the znode.
            return Rejection.of(ErrorCode.SESSION_EXPIRED);
        }
        String path = request.path();
        if (path == null) {
            return Rejection.of(ErrorCode.MARSHALLING_ERROR);
        }
        if (path.lastIndexOf('/') < 0 || path.indexOf('\0') >= 0) {
            return Rejection.of(ErrorCode.BAD_ARGUMENTS);
        }
        List<Acl> acl = context.access().complete(request.acl(), context.identities());
        if (acl == null) {
            return Rejection.of(ErrorCode.INVALID_ACL);
        }
        PendingZnode parent = context.pending().findParent(path);
        if (parent == null) {
            return Rejection.of(ErrorCode.NO_NODE);
        }
        if (!context.allows(parent.acl(), Permissions.CREATE)) {
            return Rejection.of(ErrorCode.NO_AUTH);
        }
        return prepare(
                request, mode, mode.isSequential() ? path + suffix(parent.cversion()) : path, acl, parent, context);
    }

    private Txn prepare(
            Create request, CreateMode mode, String path, List<Acl> acl, PendingZnode parent, PrepareContext context) {
        if (ZnodePath.problem(path) != null) {
            return Rejection.of(ErrorCode.BAD_ARGUMENTS);
        }
        if (context.pending().find(path) != null) {
            return Rejection.of(ErrorCode.NODE_EXISTS);
        }
        if (parent.isEphemeral()) {
            return Rejection.of(ErrorCode.NO_CHILDREN_FOR_EPHEMERALS);
        }
        ErrorCode excess = excess(request, mode, path, context);
        if (excess != ErrorCode.OK) {
            return Rejection.of(excess);
        }
        return new Txn.Create(
                txnType(mode),
                path,
                request.data(),
                acl,
                mode.isEphemeral(),
                mode.hasTtl() ? request.ttlMillis() : 0,
                parent.cversion() + 1);
    }

    private static ErrorCode excess(Create request, CreateMode mode, String path, PrepareContext context) {
        byte[] data = request.data();
        ErrorCode byQuota = context.limits().quota(context.pending(), path, 1, data == null ? 0 : data.length);
        return byQuota == ErrorCode.OK && mode.isEphemeral()
                ? context.limits()
                        .mayOwnOneMore(context.pending(), context.header().sessionId())
                : byQuota;
    }

    /** The kind of znode follows from the operation; a container flag on plain create makes no container. */
    private OpCode txnType(CreateMode mode) {
        return code == OpCode.CREATE_TTL && !mode.hasTtl() ? OpCode.CREATE2 : code;
    }

    private static ErrorCode modeError(@Nullable CreateMode mode, long ttlMillis, boolean extendedTypes) {
        if (mode == null) {
            return ErrorCode.BAD_ARGUMENTS;
        }
        if (!mode.hasTtl()) {
            // Any negative one means none (client protocol, createTTL).
            return ttlMillis < 0 ? ErrorCode.OK : ErrorCode.BAD_ARGUMENTS;
        }
        if (!extendedTypes) {
            return ErrorCode.UNIMPLEMENTED;
        }
        boolean inRange = ttlMillis >= 1 && ttlMillis <= EphemeralOwner.TTL_MILLIS_MAX;
        return inRange ? ErrorCode.OK : ErrorCode.BAD_ARGUMENTS;
    }

    @Override
    public boolean makesEphemeral(Create request) {
        CreateMode mode = CreateMode.ofFlag(request.flags());
        return mode != null && mode.isEphemeral() && code != OpCode.CREATE_CONTAINER;
    }

    private static String suffix(int counter) {
        String digits = Integer.toString(counter);
        if (counter >= 0 && digits.length() <= SUFFIX_DIGITS) {
            return "0".repeat(SUFFIX_DIGITS - digits.length()) + digits;
        }
        return String.format(Locale.ENGLISH, "%010d", counter);
    }

    @Override
    public void writeReply(Outcome outcome, JuteWriter reply) {
        reply.writeString(outcome.path());
        if (code != OpCode.CREATE && outcome.stat() != null) {
            reply.writeStat(outcome.stat());
        }
    }
}
