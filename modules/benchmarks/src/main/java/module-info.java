/** Measures servers that speak the ZooKeeper client protocol; needs nothing of them but a port and a process id. */
module io.zookit.benchmarks {
    requires java.management;
    requires jdk.jfr;
    requires static org.jspecify;

    exports io.zookit.benchmarks;
}
