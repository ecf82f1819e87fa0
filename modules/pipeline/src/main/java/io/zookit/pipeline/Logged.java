package io.zookit.pipeline;

/** How much was logged since the snapshot the server began with: what a restart would replay. Kept by the owner of the state. */
final class Logged {
    private long transactions;
    private long bytes;

    /**
     * @param transactions replayed from the log at the start
     * @param bytes of these transactions
     */
    Logged(long transactions, long bytes) {
        this.transactions = transactions;
        this.bytes = bytes;
    }

    void add(int recordBytes) {
        transactions++;
        bytes += recordBytes;
    }

    long transactions() {
        return transactions;
    }

    long bytes() {
        return bytes;
    }
}
