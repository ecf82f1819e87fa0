package io.zookit.server;

import java.lang.module.ModuleDescriptor;
import picocli.CommandLine.IVersionProvider;

/** What this server calls itself. */
final class ServerVersion implements IVersionProvider {
    /** The ZooKeeper release whose protocols and words we speak. Clients and tools read it as the version of the server. */
    static final String PROTOCOL = "3.9.5";

    ServerVersion() {}

    @Override
    public String[] getVersion() {
        return new String[] {"Zookit, version: " + own() + ", ZooKeeper protocol " + PROTOCOL};
    }

    /** Our own version, {@code development} when the code is not packaged. */
    static String own() {
        ModuleDescriptor descriptor = ServerVersion.class.getModule().getDescriptor();
        return descriptor == null ? "development" : descriptor.rawVersion().orElse("development");
    }

    /** The text behind {@code Zookeeper version:}; its first part is what tools parse. */
    static String text() {
        return PROTOCOL + "-zookit-" + own();
    }
}
