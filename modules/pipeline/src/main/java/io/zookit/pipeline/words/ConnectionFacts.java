package io.zookit.pipeline.words;

import org.jspecify.annotations.Nullable;

/**
 * One connection.
 *
 * @param address the other end, {@code /address:port}
 * @param reading whether requests are expected from it; not once it has asked a word
 * @param queued requests not answered yet
 * @param received packets received
 * @param sent replies and events sent
 * @param service what was done for its session; {@code null} while it has none
 */
public record ConnectionFacts(
        String address,
        boolean reading,
        int queued,
        long received,
        long sent,
        @Nullable Service service) {

    /** The session of this connection, 0 for none. */
    public long sessionId() {
        return service == null ? 0 : service.sessionId();
    }

    /**
     * What was done for a session over one connection.
     *
     * @param lastOperation the short name of what was answered last, {@code NA} for nothing
     * @param establishedMillis when the connection came in, since 1970
     * @param timeoutMillis of the session
     * @param lastXid the number of the last request, -1 for none
     * @param lastZxid the zxid of the last reply, -1 for none
     * @param lastReplyMillis when it left, on the monotonic clock; 0 for never
     * @param lastLatencyMillis how long it took
     * @param latency of all requests since the last reset
     */
    public record Service(
            long sessionId,
            String lastOperation,
            long establishedMillis,
            int timeoutMillis,
            long lastXid,
            long lastZxid,
            long lastReplyMillis,
            long lastLatencyMillis,
            ServerFacts.Latency latency) {}

    /** As {@code stat} shows it, without what {@link #detailed} adds. */
    String brief() {
        return summary() + ")\n";
    }

    /** As {@code cons} shows it. */
    String detailed() {
        return service == null ? brief() : summary() + details(service) + ")\n";
    }

    private String summary() {
        return " " + address + (reading ? "[1]" : "[0]") + "(queued=" + queued + ",recved=" + received + ",sent="
                + sent;
    }

    private static String details(Service service) {
        return ",sid=" + TextForms.session(service.sessionId)
                + ",lop=" + service.lastOperation
                + ",est=" + service.establishedMillis
                + ",to=" + service.timeoutMillis
                + (service.lastXid >= 0 ? ",lcxid=0x" + Long.toHexString(service.lastXid) : "")
                + ",lzxid=0x" + Long.toHexString(service.lastZxid)
                + ",lresp=" + service.lastReplyMillis
                + ",llat=" + service.lastLatencyMillis
                + ",minlat=" + service.latency.min()
                + ",avglat=" + (long) service.latency.average()
                + ",maxlat=" + service.latency.max();
    }
}
