package io.zookit.differential;

import io.zookit.differential.RequestBody.AclList;
import io.zookit.differential.RequestBody.Part;
import io.zookit.differential.RequestBody.Text;
import io.zookit.differential.Step.Request;
import io.zookit.model.OpCode;
import io.zookit.wire.Xid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes requests of every operation there is, and of some there are not. */
final class RequestGenerator {
    private static final int[] UNKNOWN_OPERATIONS = {0, 10, 13, 23, 99, 108, 999, -1, -2, -12, Integer.MIN_VALUE};
    private static final int[] STRANGE_XIDS = {0, -8, -4, -3, Integer.MIN_VALUE + 1, Integer.MAX_VALUE, 1};
    /** The longest request is a frame of 1,048,575 bytes; these data make frames a little shorter. */
    private static final int BIG_DATA_BYTES = 1_048_000;

    private static final int PARTS_MAX = 5;

    private final Arguments arguments;

    RequestGenerator(Arguments arguments) {
        this.arguments = arguments;
    }

    /** Any request, now and then with a strange number or a damaged body. */
    Request any(int slot) {
        int kind = arguments.below(1_000);
        if (kind < 8) {
            return auth(slot);
        } else if (kind < 10) {
            return request(slot, OpCode.SASL, RequestBody.of(w -> w.writeBuffer(arguments.data())), "sasl");
        } else if (kind < 14) {
            return unknown(slot);
        } else if (kind < 20) {
            return request(slot, OpCode.CLOSE_SESSION, new byte[0], "closeSession");
        } else if (kind < 23) {
            return big(slot);
        }
        Request request = ordered(slot);
        if (arguments.rarely(40)) {
            return damaged(request);
        }
        return arguments.rarely(50) ? request.withXid(arguments.oneOf(STRANGE_XIDS)) : request;
    }

    /** A request that may be sent before the reply to the one before it: its answer is not a matter of time. */
    Request together(int slot) {
        Request request = ordered(slot);
        while (request.operation() == OpCode.SET_ACL.code()) {
            request = ordered(slot);
        }
        return request;
    }

    /** A request that is answered in its turn and leaves the connection open. */
    Request ordered(int slot) {
        int kind = arguments.below(100);
        if (kind < 26) {
            return create(slot);
        } else if (kind < 38) {
            return pathAndNumber(slot, OpCode.DELETE, arguments.version());
        } else if (kind < 48) {
            return setData(slot);
        } else if (kind < 53) {
            return setAcl(slot);
        } else if (kind < 75) {
            return read(slot);
        } else if (kind < 86) {
            return multi(slot, OpCode.MULTI);
        } else if (kind < 89) {
            return multi(slot, OpCode.MULTI_READ);
        }
        return arguments.rarely(30) ? reconfig(slot) : watches(slot);
    }

    private static Request request(int slot, OpCode operation, byte[] body, String text) {
        return new Request(slot, operation.code(), body, text);
    }

    private Request create(int slot) {
        OpCode operation = arguments.oneOf(
                new OpCode[] {OpCode.CREATE, OpCode.CREATE, OpCode.CREATE2, OpCode.CREATE_CONTAINER, OpCode.CREATE_TTL
                });
        int flags = arguments.flags();
        if (operation == OpCode.CREATE_CONTAINER && !arguments.strangely(4)) {
            flags = 4;
        } else if (operation == OpCode.CREATE_TTL && !arguments.rarely(4)) {
            flags = 5 + arguments.below(2);
        }
        Text path = arguments.pathToCreate(flags);
        AclList acl = arguments.acl();
        byte[] data = arguments.data();
        String text = "%s %s flags %d acl %s data %s"
                .formatted(operation, Arguments.shown(path), flags, acl.entries(), shown(data));
        if (operation == OpCode.CREATE_TTL) {
            // Another mode gets one that is refused: see isNeverAnswered.
            long ttl = flags == 5 || flags == 6 ? arguments.ttlMillis() : arguments.below(100_000);
            return request(slot, operation, RequestBody.createTtl(path, data, acl, flags, ttl), text + " ttl " + ttl);
        }
        return request(slot, operation, RequestBody.create(path, data, acl, flags), text);
    }

    private static String shown(byte[] data) {
        return data == null ? "null" : data.length + " bytes";
    }

    private Request pathAndNumber(int slot, OpCode operation, int number) {
        Text path = arguments.path();
        String text = "%s %s %d".formatted(operation, Arguments.shown(path), number);
        return request(slot, operation, RequestBody.pathAndNumber(path, number), text);
    }

    private Request setData(int slot) {
        Text path = arguments.path();
        byte[] data = arguments.data();
        int version = arguments.version();
        String text = "SET_DATA %s %s version %d".formatted(Arguments.shown(path), shown(data), version);
        return request(slot, OpCode.SET_DATA, RequestBody.setData(path, data, version), text);
    }

    private Request setAcl(int slot) {
        Text path = arguments.path();
        AclList acl = arguments.acl();
        int version = arguments.version();
        String text = "SET_ACL %s %s version %d".formatted(Arguments.shown(path), acl.entries(), version);
        return request(slot, OpCode.SET_ACL, RequestBody.setAcl(path, acl, version), text);
    }

    private Request read(int slot) {
        OpCode operation = arguments.oneOf(new OpCode[] {
            OpCode.EXISTS,
            OpCode.EXISTS,
            OpCode.GET_DATA,
            OpCode.GET_DATA,
            OpCode.GET_CHILDREN,
            OpCode.GET_CHILDREN2,
            OpCode.GET_CHILDREN2,
            OpCode.GET_ACL,
            OpCode.SYNC,
            OpCode.GET_EPHEMERALS,
            OpCode.GET_ALL_CHILDREN_NUMBER,
            OpCode.PING,
            OpCode.WHO_AM_I
        });
        return switch (operation) {
            case EXISTS, GET_DATA, GET_CHILDREN, GET_CHILDREN2 -> {
                Text path = arguments.path();
                boolean watch = arguments.rarely(2);
                String text = operation + " " + Arguments.shown(path) + (watch ? " watch" : "");
                yield request(slot, operation, RequestBody.pathAndFlag(path, watch), text);
            }
            case PING, WHO_AM_I -> request(slot, operation, new byte[0], operation.toString());
            default -> {
                Text path = arguments.path();
                yield request(slot, operation, RequestBody.path(path), operation + " " + Arguments.shown(path));
            }
        };
    }

    private Request watches(int slot) {
        return switch (arguments.below(6)) {
            case 0 -> pathAndNumber(slot, OpCode.CHECK_WATCHES, watcherType());
            case 1 -> pathAndNumber(slot, OpCode.REMOVE_WATCHES, watcherType());
            case 2 -> watchesAgain(slot, OpCode.SET_WATCHES, 3);
            case 3 -> watchesAgain(slot, OpCode.SET_WATCHES2, 5);
            default ->
                pathAndNumber(
                        slot, OpCode.ADD_WATCH, arguments.rarely(12) ? arguments.oneOf(-1, 2, 7) : arguments.below(2));
        };
    }

    private int watcherType() {
        return arguments.rarely(12) ? arguments.oneOf(0, 6, -1, Integer.MAX_VALUE) : 1 + arguments.below(5);
    }

    private Request watchesAgain(int slot, OpCode operation, int listCount) {
        List<List<Text>> lists = new ArrayList<>();
        StringBuilder text = new StringBuilder(operation.toString());
        for (int i = 0; i < listCount; i++) {
            List<Text> list = new ArrayList<>();
            for (int count = arguments.below(3); count > 0; count--) {
                list.add(arguments.path());
            }
            lists.add(list);
            text.append(list.stream().map(Arguments::shown).toList());
        }
        int zxidsBack = arguments.oneOf(0, 0, 1, 5, 20, -10, 1_000_000);
        return new Request(
                slot,
                Xid.SET_WATCHES,
                operation.code(),
                RequestBody.watches(0, lists),
                zxidsBack,
                text + " since " + zxidsBack + " zxids");
    }

    private Request multi(int slot, OpCode operation) {
        List<Part> parts = new ArrayList<>();
        boolean mixed = arguments.strangely(30);
        for (int count = arguments.below(PARTS_MAX + 1); count > 0; count--) {
            boolean writes = operation == OpCode.MULTI ^ (mixed && arguments.rarely(3));
            Request request =
                    arguments.strangely(100) ? ordered(slot) : writes ? partThatWrites(slot) : partThatReads(slot);
            parts.add(new Part(request.operation(), request.body(), request.text()));
        }
        byte[] body = RequestBody.multi(parts);
        if (arguments.strangely(50)) {
            body = Arrays.copyOf(body, Math.max(0, body.length - 9));
        }
        return request(slot, operation, body, operation + " " + parts);
    }

    private Request partThatWrites(int slot) {
        int kind = arguments.below(10);
        if (kind < 4) {
            return create(slot);
        } else if (kind < 6) {
            return pathAndNumber(slot, OpCode.DELETE, arguments.version());
        } else if (kind < 8) {
            return setData(slot);
        }
        return pathAndNumber(slot, OpCode.CHECK, arguments.version());
    }

    private Request partThatReads(int slot) {
        OpCode operation = arguments.rarely(2) ? OpCode.GET_DATA : OpCode.GET_CHILDREN;
        Text path = arguments.path();
        boolean watch = arguments.rarely(2);
        return request(slot, operation, RequestBody.pathAndFlag(path, watch), operation + " " + Arguments.shown(path));
    }

    private Request reconfig(int slot) {
        String server = "server.2=127.0.0.1:2888:3888;2181";
        byte[] body = RequestBody.reconfig(
                arguments.rarely(2) ? server : null,
                arguments.rarely(3) ? "1" : null,
                arguments.rarely(3) ? server : null,
                arguments.oneOf(-1, 0, 7));
        return request(slot, OpCode.RECONFIG, body, "RECONFIG");
    }

    private Request auth(int slot) {
        String[] schemes = {"digest", "digest", "digest", "ip", "world", "super", "auth", "nosuch", "", "sasl"};
        String scheme = arguments.oneOf(schemes);
        String credentials =
                arguments.rarely(8) ? arguments.oneOf(new String[] {"", "x", "a:b:c", ":"}) : arguments.credentials();
        byte[] bytes = arguments.rarely(40) ? null : credentials.getBytes(StandardCharsets.UTF_8);
        return request(
                        slot,
                        OpCode.AUTH,
                        RequestBody.auth(scheme, bytes),
                        "AUTH " + scheme + " " + (bytes == null ? "null" : credentials))
                .withXid(Xid.AUTH);
    }

    private Request unknown(int slot) {
        int operation = arguments.rarely(4)
                ? arguments.oneOf(OpCode.DELETE_CONTAINER.code(), OpCode.CREATE_SESSION.code())
                : arguments.oneOf(UNKNOWN_OPERATIONS);
        // Of deleteContainer: a path that does not exist, so that the other side does nothing about it.
        byte[] body = operation == OpCode.CREATE_SESSION.code()
                ? ByteBuffer.allocate(4).putInt(150_000).array()
                : operation == OpCode.DELETE_CONTAINER.code()
                        ? "/nothing/here".getBytes(StandardCharsets.UTF_8)
                        : arguments.bytes(arguments.below(20));
        return new Request(slot, operation, body, "operation " + operation);
    }

    private Request big(int slot) {
        Text path = arguments.path();
        byte[] data = arguments.bytes(BIG_DATA_BYTES);
        String text = "SET_DATA " + Arguments.shown(path) + " big";
        return request(slot, OpCode.SET_DATA, RequestBody.setData(path, data, -1), text);
    }

    /** Cuts the body, puts absurd numbers into it, or adds to it. */
    private Request damaged(Request request) {
        byte[] body = request.body();
        int kind = arguments.below(3);
        if (kind == 0 || body.length < 4) {
            byte[] longer = Arrays.copyOf(body, body.length + 1 + arguments.below(20));
            return request.withBody(longer, (longer.length - body.length) + " bytes more");
        } else if (kind == 1) {
            int length = arguments.below(body.length);
            return request.withBody(Arrays.copyOf(body, length), "cut to " + length + " bytes");
        }
        int position = arguments.below(body.length - 3);
        int number = arguments.oneOf(-1, -2, Integer.MIN_VALUE, Integer.MAX_VALUE, 1_000_000, 5);
        byte[] changed = ByteBuffer.wrap(body.clone()).putInt(position, number).array();
        return isNeverAnswered(request.operation(), changed)
                ? request
                : request.withBody(changed, number + " at byte " + position);
    }

    /** A negative time to live for a mode that has none, which ends the other server. */
    private static boolean isNeverAnswered(int operation, byte[] body) {
        int flagsAt = body.length - Long.BYTES - Integer.BYTES;
        if (operation != OpCode.CREATE_TTL.code() || flagsAt < 0) {
            return false;
        }
        ByteBuffer fields = ByteBuffer.wrap(body);
        int flags = fields.getInt(flagsAt);
        return flags != 5 && flags != 6 && fields.getLong(flagsAt + Integer.BYTES) < 0;
    }
}
