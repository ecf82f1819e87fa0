/** The data tree. */
module io.zookit.tree {
    requires transitive io.zookit.model;
    requires static org.jspecify;
}
