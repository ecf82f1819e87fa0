package io.zookit.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.module.ModuleDescriptor.Provides;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares what a plugin's descriptor provides with its files under {@code META-INF/services}: the first counts on the module
 * path, the second on the class path of a program that embeds a server, and they should not be two different plugins.
 */
final class ServiceFiles {
    private static final String DIRECTORY = "META-INF/services/";

    private ServiceFiles() {}

    /**
     * The differences, one a line; empty when there are none.
     *
     * @throws IOException when the module's jar cannot be read
     */
    static List<String> differences(ModuleReference module) throws IOException {
        List<String> differences = new ArrayList<>();
        if (module.descriptor().isAutomatic()) {
            return differences;
        }
        try (ModuleReader reader = module.open()) {
            for (ProviderKinds kind : ProviderKinds.values()) {
                String service = kind.service().getName();
                Set<String> provided = new TreeSet<>();
                module.descriptor().provides().stream()
                        .filter(provides -> provides.service().equals(service))
                        .map(Provides::providers)
                        .forEach(provided::addAll);
                Set<String> listed = listed(reader, service);
                if (!provided.equals(listed)) {
                    differences.add("module " + module.descriptor().name() + " provides " + provided + " for " + service
                            + ", but " + DIRECTORY + " in " + PluginDirectory.fileName(module) + " lists " + listed
                            + ". Make them equal.");
                }
            }
        }
        return differences;
    }

    private static Set<String> listed(ModuleReader reader, String service) throws IOException {
        Set<String> listed = new TreeSet<>();
        Optional<InputStream> file = reader.open(DIRECTORY + service);
        if (file.isEmpty()) {
            return listed;
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file.get(), StandardCharsets.UTF_8))) {
            lines.lines()
                    .map(line -> line.replaceFirst("#.*", "").trim())
                    .filter(line -> !line.isEmpty())
                    .forEach(listed::add);
        }
        return listed;
    }
}
