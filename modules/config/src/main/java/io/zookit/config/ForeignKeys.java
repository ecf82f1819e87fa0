package io.zookit.config;

import static io.zookit.config.Key.prefixed;
import static io.zookit.config.ValueForm.TEXT;

import java.util.List;

/** Names that stand beside a server's own as system properties, but are for clients, start scripts or the log. */
final class ForeignKeys {
    private static final String FOR_CLIENTS = "clients read it, not servers";
    private static final String FOR_SCRIPTS = "start scripts and the log's own file read it";

    static final List<Key> KEYS = List.of(
            client("clientCnxnSocket", "The network layer of the client."),
            client("client.secure", "Whether the client uses TLS."),
            client("client.chroot", "The path below which the client works."),
            client("disableAutoWatchReset", "Whether watches are set again after a reconnect."),
            client("request.timeout", "How long the client waits for a reply."),
            client("sasl.client", "Whether the client uses SASL."),
            client("sasl.client.username", "The name of the server's service."),
            client("sasl.client.canonicalize.hostname", "Whether host names are looked up."),
            client("sasl.clientconfig", "The login section of the client."),
            client("server.principal", "The Kerberos name of the server."),
            client("server.realm", "The Kerberos realm of the server."),
            script("log.dir"),
            script("log.file"),
            script("log.threshold"),
            script("root.logger"),
            script("console.threshold"),
            script("tracelog.dir"),
            script("tracelog.file"),
            script("auditlog.file"),
            script("auditlog.threshold"),
            script("audit.logger"));

    private ForeignKeys() {}

    private static Key client(String name, String meaning) {
        return prefixed(name, TEXT, "", meaning).without(FOR_CLIENTS);
    }

    private static Key script(String name) {
        return prefixed(name, TEXT, "", "A setting of the log.").without(FOR_SCRIPTS);
    }
}
