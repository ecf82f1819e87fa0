package io.zookit.server;

import io.zookit.config.Config;
import io.zookit.kernel.StartException;
import io.zookit.spi.auth.AuthScheme;
import java.util.List;

/** Whether clients can do what they must. */
final class RequiredSchemes {
    private RequiredSchemes() {}

    /**
     * Refuses a configuration by which no client could ever ask for anything.
     *
     * @throws StartException when a scheme that clients must authenticate by is not among the chosen ones
     */
    static void check(Config config, List<AuthScheme> chosen) {
        List<String> names = chosen.stream().map(AuthScheme::scheme).toList();
        List<String> missing = config.requiredAuthSchemes().stream()
                .filter(scheme -> !names.contains(scheme))
                .map(scheme -> "clients must authenticate by the scheme " + scheme + " (enforce.auth.schemes,"
                        + " sessionRequireClientSASLAuth), and no chosen plugin has it; there are "
                        + String.join(", ", names) + ". Choose a plugin for it with plugin.auth, or take it out.")
                .toList();
        if (!missing.isEmpty()) {
            throw new StartException(missing);
        }
    }
}
