/** The superuser, whom no ACL holds back. */
module io.zookit.auth.superuser {
    requires io.zookit.spi;
    requires static org.jspecify;

    provides io.zookit.spi.auth.IdentityGrantProvider with
            io.zookit.auth.superuser.SuperuserProvider;
}
