package io.zookit.assembly;

import io.zookit.tck.PluginPackagingContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every plugin directory of the distribution, loaded alone, by the contract that also authors of other plugins have. */
@ParameterizedClass
@MethodSource("pluginDirectories")
class PackagingIT extends PluginPackagingContract {
    @Parameter
    Path directory = Path.of("");

    static List<Path> pluginDirectories() {
        return Distribution.list(Distribution.built().plugins());
    }

    @Override
    protected Path pluginDirectory() {
        return directory;
    }
}
