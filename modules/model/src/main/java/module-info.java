/** The words of the domain: path, zxid, stat, ACL, transaction. Values only; nothing here knows a thread, a file or a socket. */
module io.zookit.model {
    requires static org.jspecify;

    exports io.zookit.model;
}
