package io.zookit.auth.superuser;

import io.zookit.model.Id;
import io.zookit.spi.auth.IdentityGrantProvider;
import io.zookit.tck.IdentityGrantContract;
import java.util.List;
import java.util.Map;

class SuperuserContractTest extends IdentityGrantContract {
    private static final String DIGEST = "super:tpUq/4Pn5A64fVZyQ0gOJ8ZWqkY=";

    @Override
    protected IdentityGrantProvider provider() {
        return new SuperuserProvider();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("superDigest", DIGEST, "x509SuperUser", "CN=root,O=Example");
    }

    @Override
    protected List<Id> favoured() {
        return List.of(new Id("digest", DIGEST), new Id("x509", "CN=root,O=Example"));
    }

    @Override
    protected List<Id> others() {
        return List.of(
                new Id("digest", ""),
                new Id("digest", "super:"),
                new Id("digest", "super:tpUq/4Pn5A64fVZyQ0gOJ8ZWqkY"),
                new Id("digest", "super:tpUq/4Pn5A64fVZyQ0gOJ8ZWqkZ="),
                new Id("digest", "Super:tpUq/4Pn5A64fVZyQ0gOJ8ZWqkY="),
                new Id("digest", "CN=root,O=Example"),
                new Id("ip", DIGEST),
                new Id("token", DIGEST),
                new Id("x509", "CN=root"),
                new Id("x509", "CN=Root,O=Example"),
                new Id("x509", DIGEST));
    }
}
