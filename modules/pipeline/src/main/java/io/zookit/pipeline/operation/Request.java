package io.zookit.pipeline.operation;

/** The decoded body of a request. Each operation has its own kind. */
public interface Request {
    /** The body of requests that have none. */
    Request EMPTY = new Request() {};
}
