package io.zookit.spi;

/** The kinds of plugin a server is made of. */
public enum PluginKind {
    /** Carries bytes between clients and the pipeline. Exactly one is chosen. */
    TRANSPORT("transport"),
    /** Decides when a transaction counts. Exactly one is chosen. */
    CONSENSUS("consensus"),
    /** Keeps the log, the snapshots and a few small values. Exactly one is chosen. */
    STORAGE("storage"),
    /** Knows who a client is. Several are chosen; their order is the order of asking. */
    AUTH("auth"),
    /** Names the sessions that have been silent for too long. Exactly one is chosen. */
    SESSION("session");

    private final String word;

    PluginKind(String word) {
        this.word = word;
    }

    /** The word in configuration keys: {@code plugin.<word>} chooses, {@code <word>.<id>.<name>} is a setting. */
    public String word() {
        return word;
    }
}
