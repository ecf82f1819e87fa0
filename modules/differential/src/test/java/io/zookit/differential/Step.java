package io.zookit.differential;

import java.util.List;

/**
 * One thing that happens on the way of a client. A step carries everything but what only a server can say (session ids, passwords,
 * zxids), so any part of a list of steps is a list of steps too.
 */
sealed interface Step {
    /** Which of the clients it happens to. */
    int slot();

    /**
     * A request and its reply.
     *
     * @param xid the number it gets, or {@link #NEXT_XID}
     * @param operation the number of the operation, known or not
     * @param body everything after the header
     * @param zxidsBack how far before the newest zxid the zxid lies that replaces the first 8 bytes of the body, or
     *     {@link #NO_ZXID} for a body that is sent as it is
     * @param text for reports
     */
    record Request(int slot, int xid, int operation, byte[] body, int zxidsBack, String text) implements Step {
        static final int NEXT_XID = Integer.MIN_VALUE;
        static final int NO_ZXID = Integer.MIN_VALUE;

        Request(int slot, int operation, byte[] body, String text) {
            this(slot, NEXT_XID, operation, body, NO_ZXID, text);
        }

        Request withXid(int other) {
            return new Request(slot, other, operation, body, zxidsBack, text + " xid " + other);
        }

        Request withBody(byte[] other, String how) {
            return new Request(slot, xid, operation, other, NO_ZXID, text + ", " + how);
        }

        @Override
        public String toString() {
            return "client " + slot + ": " + text;
        }
    }

    /** Requests sent at once, before any reply is read. */
    record Burst(int slot, List<Request> requests) implements Step {
        @Override
        public String toString() {
            return "client " + slot + ": at once " + requests;
        }
    }

    /** Bytes that are no request and end the connection. */
    record Garbage(int slot, byte[] bytes, String text) implements Step {
        @Override
        public String toString() {
            return "client " + slot + ": " + text;
        }
    }

    /** The connection breaks; the session stays. */
    record Drop(int slot) implements Step {
        @Override
        public String toString() {
            return "client " + slot + ": connection breaks";
        }
    }

    /** A connect request on a new connection, with what {@link Connecting} says about the session of the slot. */
    record Connect(int slot, Connecting how, int timeoutMillis) implements Step {
        @Override
        public String toString() {
            return "client " + slot + ": connects, " + how + ", timeout " + timeoutMillis;
        }
    }

    /** The ways to connect. */
    enum Connecting {
        /** The right session and password, while the former connection lives: it is taken over. */
        TAKES_OVER,
        /** The right session and password, after the former connection broke. */
        RESUMES,
        /** As {@link #RESUMES}, in the short form without the readOnly byte. */
        RESUMES_IN_OLD_FORM,
        /** As {@link #RESUMES}, with readOnly set. */
        RESUMES_READ_ONLY,
        /** As {@link #RESUMES}, having seen a zxid that does not exist yet. */
        COMES_FROM_THE_FUTURE,
        /** A wrong password, after the former connection broke. */
        WRONG_PASSWORD,
        /** No password, after the former connection broke. */
        NULL_PASSWORD,
        /** Half of the right password, after the former connection broke. */
        SHORT_PASSWORD,
        /** A wrong password, while the former connection lives. */
        INTRUDES,
        /** A session nobody ever had. */
        UNKNOWN_SESSION
    }
}
