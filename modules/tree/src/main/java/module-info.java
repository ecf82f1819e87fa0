/** The data tree. */
module io.zookit.tree {
    requires transitive io.zookit.model;

    exports io.zookit.tree;

    requires static org.jspecify;
}
