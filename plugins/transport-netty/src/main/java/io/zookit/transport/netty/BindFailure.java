package io.zookit.transport.netty;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Says why an address cannot be listened on, and what to do. */
final class BindFailure {
    private BindFailure() {}

    static String message(InetSocketAddress address, Throwable reason) {
        return "Cannot listen on " + address.getHostString() + ":" + address.getPort() + ": "
                + explanation(address, reason);
    }

    /** Whether somebody listens there, as far as the system says. */
    static boolean isInUse(@Nullable Throwable reason) {
        return reason != null && String.valueOf(reason.getMessage()).contains("in use");
    }

    private static String explanation(InetSocketAddress address, Throwable reason) {
        if (address.isUnresolved()) {
            return "the host name is not known here. Correct clientPortAddress, or the resolver.";
        }
        String said = String.valueOf(reason.getMessage());
        if (isInUse(reason)) {
            return "the port is in use. Stop the process that listens there, or choose another port.";
        }
        if (said.contains("Cannot assign")) {
            return "the address is not one of this machine's. Correct clientPortAddress, or leave it out to listen on all.";
        }
        if (said.contains("ermission denied")) {
            return "the system does not permit it. Choose a port above 1023, or grant the right to bind it.";
        }
        return said + ". Check clientPort and clientPortAddress.";
    }
}
