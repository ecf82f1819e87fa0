package io.zookit.differential;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where this server behaves differently on purpose. Each has a row with its name in docs/compatibility.md, which says why. */
enum Deviation {
    /** A client may not send deleteContainer and createSession. */
    INTERNAL_OPERATIONS {
        @Override
        boolean allows(Step step, List<Seen> ours, List<Seen> theirs) {
            // Events may come before the refusal.
            int refusal = ours.size() - 2;
            return (asks(step, OpCode.DELETE_CONTAINER) || asks(step, OpCode.CREATE_SESSION))
                    && refusal >= 0
                    && ours.get(refusal).isReply()
                    && ours.get(refusal).zxid() == -1
                    && ours.get(refusal).error() == ErrorCode.UNIMPLEMENTED.code()
                    && last(ours).equals(Seen.closed());
        }
    },

    /** A write that cannot be read takes its place in the order of transactions, with a zxid of its own. */
    UNREADABLE_WRITE_HAS_A_ZXID {
        @Override
        boolean allows(Step step, List<Seen> ours, List<Seen> theirs) {
            return isWrite(step) && differ(ours, theirs, MARSHALLING_ERROR, MARSHALLING_ERROR, 1);
        }
    },

    /** A null list of ACL entries, and a null id in an entry, are invalid ACLs like others. */
    NULL_IN_ACL_IS_INVALID {
        @Override
        boolean allows(Step step, List<Seen> ours, List<Seen> theirs) {
            if (asks(step, OpCode.MULTI)) {
                return mayHaveNull(step)
                        && (differ(ours, theirs, 0, MARSHALLING_ERROR, 0)
                                || differ(ours, theirs, 0, MARSHALLING_ERROR, 1));
            }
            return mayHaveNull(step)
                    && isWrite(step)
                    && differ(ours, theirs, ErrorCode.INVALID_ACL.code(), MARSHALLING_ERROR, 0);
        }
    },

    /** A reply with an error has no body, whatever the request had come to. */
    ERROR_REPLY_HAS_NO_BODY {
        @Override
        boolean allows(Step step, List<Seen> ours, List<Seen> theirs) {
            return asks(step, OpCode.MULTI_READ) && differ(ours, theirs, MARSHALLING_ERROR, MARSHALLING_ERROR, 0);
        }
    },

    /** A null path cannot be watched; of a list with one nothing is set, and no event is sent. */
    NULL_PATH_IS_NOT_WATCHED {
        @Override
        boolean allows(Step step, List<Seen> ours, List<Seen> theirs) {
            Seen our = last(ours);
            return (asks(step, OpCode.SET_WATCHES) || asks(step, OpCode.SET_WATCHES2) || asks(step, OpCode.ADD_WATCH))
                    && our.error() == MARSHALLING_ERROR
                    && (last(theirs).error() == MARSHALLING_ERROR || mayHaveNull(step))
                    && last(theirs).isReply()
                    && our.zxid() == last(theirs).zxid();
        }
    },

    /** An auth packet without credentials is one with empty ones. */
    NULL_CREDENTIALS_ARE_EMPTY {
        @Override
        boolean allows(Step step, List<Seen> ours, List<Seen> theirs) {
            return step instanceof Step.Request request
                    && request.operation() == OpCode.AUTH.code()
                    && request.text().contains("null")
                    && last(theirs).equals(Seen.closed());
        }
    },

    /** A SASL request without a token is answered like one with a token: there is no SASL here. */
    SASL_WITHOUT_TOKEN_IS_ANSWERED {
        @Override
        boolean allows(Step step, List<Seen> ours, List<Seen> theirs) {
            return asks(step, OpCode.SASL)
                    && last(ours).isReply()
                    && last(theirs).equals(Seen.closed());
        }
    },

    /** A character beyond U+FFFF is written as UTF-8 has it, in four bytes, and not as two halves of three. */
    CHARACTERS_OF_FOUR_BYTES {
        @Override
        boolean allows(Step step, List<Seen> ours, List<Seen> theirs) {
            return theirs.stream().map(Deviation::withWholeCharacters).toList().equals(ours);
        }
    },

    /** Who comes with a wrong password does not end the connection of who has the right one. */
    WRONG_PASSWORD_DISTURBS_NOBODY {
        @Override
        boolean allows(Step step, List<Seen> ours, List<Seen> theirs) {
            boolean intruding = step instanceof Step.Connect connect && connect.how() == Step.Connecting.INTRUDES;
            return intruding && ours.size() == 1 && ours.get(0).isReply() && theirs.equals(List.of(Seen.closed()));
        }
    };

    private static final Set<Integer> WRITES = Set.of(
            OpCode.CREATE.code(),
            OpCode.CREATE2.code(),
            OpCode.CREATE_CONTAINER.code(),
            OpCode.CREATE_TTL.code(),
            OpCode.DELETE.code(),
            OpCode.SET_DATA.code(),
            OpCode.SET_ACL.code(),
            OpCode.RECONFIG.code(),
            OpCode.MULTI.code());
    private static final int MARSHALLING_ERROR = ErrorCode.MARSHALLING_ERROR.code();

    private static boolean asks(Step step, OpCode operation) {
        return step instanceof Step.Request request && request.operation() == operation.code();
    }

    /** Whether a request was given a null, or was damaged, which may have made one. */
    private static boolean mayHaveNull(Step step) {
        return step instanceof Step.Request request
                && (request.text().contains("null") || request.text().contains(" at byte "));
    }

    private static Seen last(List<Seen> seen) {
        return seen.isEmpty() ? Seen.silence() : seen.get(seen.size() - 1);
    }

    private static boolean isWrite(Step step) {
        return step instanceof Step.Request request && WRITES.contains(request.operation());
    }

    /** Whether the replies, alike until then, end with these errors, and how many zxids ours is ahead. */
    private static boolean differ(List<Seen> ours, List<Seen> theirs, int our, int their, long zxidsAhead) {
        int last = ours.size() - 1;
        return last >= 0
                && last == theirs.size() - 1
                && ours.subList(0, last).equals(theirs.subList(0, last))
                && ours.get(last).isReply()
                && theirs.get(last).isReply()
                && ours.get(last).error() == our
                && theirs.get(last).error() == their
                && ours.get(last).zxid() - theirs.get(last).zxid() == zxidsAhead;
    }

    /** Whether what the two sides did differs in this way, and in no other. */
    abstract boolean allows(Step step, List<Seen> ours, List<Seen> theirs);

    /**
     * Whether the connections of the two sides may differ although nothing was seen of it: of a list of watches that cannot be read to
     * its end (see {@link #NULL_PATH_IS_NOT_WATCHED}) one side may have set some without sending an event.
     */
    static boolean mayHide(Step step, List<Seen> seen) {
        return (asks(step, OpCode.SET_WATCHES) || asks(step, OpCode.SET_WATCHES2))
                && last(seen).error() == MARSHALLING_ERROR;
    }

    /** The same with the one string of the tests that has such a character, a path, as this server writes it. */
    private static Seen withWholeCharacters(Seen seen) {
        String body = HexFormat.of().formatHex(seen.body()).replace("000000072feda0bdedb880", "000000052ff09f9880");
        return new Seen(
                seen.kind(),
                seen.xid(),
                seen.zxid(),
                seen.error(),
                HexFormat.of().parseHex(body));
    }

    /** How the table calls it. */
    String id() {
        return name().toLowerCase(Locale.ENGLISH).replace('_', '-');
    }

    static Optional<Deviation> of(Step step, List<Seen> ours, List<Seen> theirs) {
        for (Deviation deviation : values()) {
            if (deviation.allows(step, ours, theirs)) {
                return Optional.of(deviation);
            }
        }
        return Optional.empty();
    }
}
