/** zoo.cfg as values. */
module io.zookit.config {
    requires static org.jspecify;
}
