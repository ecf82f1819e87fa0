package io.zookit.differential;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * One thing a client has seen a server do, in a form that is equal for servers that behave alike.
 *
 * @param kind what it was
 * @param xid of the header, 0 without one
 * @param zxid of the header, 0 without one
 * @param error of the header, 0 without one
 * @param body masked
 */
record Seen(Kind kind, int xid, long zxid, int error, byte[] body) {
    private static final int SHOWN_BYTES = 400;

    /** The things there are. */
    enum Kind {
        REPLY,
        EVENT,
        CONNECTED,
        CLOSED,
        SILENCE
    }

    static Seen closed() {
        return new Seen(Kind.CLOSED, 0, 0, 0, new byte[0]);
    }

    static Seen silence() {
        return new Seen(Kind.SILENCE, 0, 0, 0, new byte[0]);
    }

    boolean isReply() {
        return kind == Kind.REPLY;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Seen seen
                && kind == seen.kind
                && xid == seen.xid
                && zxid == seen.zxid
                && error == seen.error
                && Arrays.equals(body, seen.body);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(body) + 31 * Long.hashCode(zxid) + xid;
    }

    @Override
    public String toString() {
        if (kind == Kind.CLOSED || kind == Kind.SILENCE) {
            return kind.toString();
        }
        String hex = HexFormat.of().formatHex(body, 0, Math.min(body.length, SHOWN_BYTES));
        String shown = body.length > SHOWN_BYTES ? hex + "... (" + body.length + " bytes)" : hex;
        return "%s xid %d zxid 0x%x error %d body [%s] %s".formatted(kind, xid, zxid, error, shown, printable());
    }

    private String printable() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(body.length, SHOWN_BYTES); i++) {
            char c = (char) body[i];
            if (c >= ' ' && c < 127) {
                text.append(c);
            } else if (text.length() > 0 && text.charAt(text.length() - 1) != ' ') {
                text.append(' ');
            }
        }
        return text.toString().strip();
    }
}
