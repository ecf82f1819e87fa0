/** Tests in a module of their own, which JUnit may look into. */
open module com.example.inventory {
    requires io.zookit.junit;
    requires io.zookit.server;
    requires org.junit.platform.launcher;
}
