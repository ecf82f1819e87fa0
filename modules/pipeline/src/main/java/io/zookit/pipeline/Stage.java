package io.zookit.pipeline;

/** The stages of a request, in order. Each is one class of this package, named after it. */
public enum Stage {
    /** A connection comes in, within the limits. {@link AcceptStage}, transport thread. */
    ACCEPT,
    /** Bytes become frames, frames become requests. {@link DecodeStage}, transport thread. */
    DECODE,
    /** A client proves who it is. {@link AuthenticateStage}, auth thread. */
    AUTHENTICATE,
    /** A read is answered; a write is checked against the state after everything proposed. {@link PrepareStage}, owner. */
    PREPARE,
    /** A write gets its zxid and goes to the consensus. {@link ProposeStage}, owner. */
    PROPOSE,
    /** Transactions become durable, one sync for a batch. {@link LogStage}, log thread. */
    LOG,
    /** The consensus says what counts. {@link CommitStage}, any thread. */
    COMMIT,
    /** Transactions change the state, in zxid order; watches fire. {@link ApplyStage}, owner. */
    APPLY,
    /** Replies and events leave, one flush per connection. {@link ReplyStage}, owner. */
    REPLY
}
