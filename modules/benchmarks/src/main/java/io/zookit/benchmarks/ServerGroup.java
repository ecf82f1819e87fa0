package io.zookit.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One server, or several that form an ensemble, each with a site of its own that goes in the end. */
final class ServerGroup implements LoadTarget {
    private final ServerCommand command;
    private final List<ServerSite> sites = new ArrayList<>();
    private final List<ServerProcess> servers = new ArrayList<>();

    private ServerGroup(ServerCommand command) {
        this.command = command;
    }

    /**
     * Starts servers and waits until each gives out sessions.
     *
     * @param parent below it are the sites
     * @param size how many; 1 for a standalone server
     * @throws IOException with what one of them wrote, when it does not start
     */
    static ServerGroup start(ServerCommand command, Path parent, int size) throws IOException, InterruptedException {
        ServerGroup group = new ServerGroup(command);
        try {
            for (int number = 0; number < size; number++) {
                group.sites.add(ServerSite.below(parent));
            }
            if (size > 1) {
                ServerSite.join(group.sites);
            }
            for (ServerSite site : group.sites) {
                group.servers.add(ServerProcess.launch(command, site));
            }
            for (ServerProcess server : group.servers) {
                server.awaitSession();
            }
            return group;
        } catch (IOException | InterruptedException failure) {
            group.close();
            throw failure;
        }
    }

    /** The place in the group of the server that leads. */
    int leader() throws IOException {
        for (int place = 0; place < servers.size(); place++) {
            if (FourLetterWord.ask(sites.get(place).address(), "srvr").contains("Mode: leader")) {
                return place;
            }
        }
        throw new IOException(command.name() + ": nobody leads");
    }

    /** Ends a server without a word, as a crash would. */
    void kill(int place) throws InterruptedException {
        servers.get(place).kill();
    }

    /** Starts a server that was killed again, and waits until it gives out sessions. */
    void restart(int place) throws IOException, InterruptedException {
        servers.set(place, ServerProcess.start(command, sites.get(place)));
    }

    @Override
    public String name() {
        return command.name();
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return sites.stream().map(ServerSite::address).toList();
    }

    @Override
    public List<Long> processes() {
        return servers.stream().map(ServerProcess::id).toList();
    }

    @Override
    public LoadResult under(Load load) throws IOException {
        try {
            return load.run();
        } catch (IOException failure) {
            String states = servers.stream().map(ServerProcess::state).collect(Collectors.joining("\n"));
            throw new IOException("%s failed: %s.%n%s".formatted(name(), failure.getMessage(), states), failure);
        }
    }

    @Override
    public void close() {
        servers.forEach(ServerProcess::close);
        for (ServerSite site : sites) {
            try {
                site.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
