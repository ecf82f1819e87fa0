package io.zookit.model;

/**
 * What every transaction carries besides its own change (log and quorum format, record TxnHeader).
 *
 * @param sessionId the session that asked for it, 0 when the server itself did
 * @param cxid the client's number of the request, 0 when the server itself asked
 * @param zxid its place in the order of all changes
 * @param timeMillis the leader's wall clock when it was prepared, milliseconds since 1970
 */
public record TxnHeader(long sessionId, int cxid, long zxid, long timeMillis) {}
