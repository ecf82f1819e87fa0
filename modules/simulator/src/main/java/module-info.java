/** A seeded cluster in one thread: clock, network, disks, clients and checkers. */
module io.zookit.simulator {
    requires transitive io.zookit.model;
    requires io.zookit.wire;
    requires io.zookit.tree;
    requires io.zookit.watch;
    requires io.zookit.session;
    requires io.zookit.zab;
    requires static org.jspecify;

    exports io.zookit.simulator;
}
