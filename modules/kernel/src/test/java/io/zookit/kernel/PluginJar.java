package io.zookit.kernel;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;

/** Writes small modules, compiled on the spot, as jars. */
final class PluginJar {
    private final String module;
    private String version = "1.2.0";
    private final List<String> directives = new ArrayList<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> resources = new LinkedHashMap<>();
    private final List<Path> modulePath = new ArrayList<>();
    private boolean standardSpi = true;

    private PluginJar(String module) {
        this.module = module;
    }

    /** A module with nothing in it yet. */
    static PluginJar module(String name) {
        return new PluginJar(name);
    }

    /** A module with one provider whose id method has the given body. */
    static PluginJar plugin(
            String module, String service, String product, String idBody, String settings, String createBody) {
        String provider = module + ".Provider";
        String source = "package " + module + ";\n"
                + "public final class Provider implements " + service + " {\n"
                + "  public String id() { " + idBody + " }\n"
                + "  public java.util.List<io.zookit.spi.Setting> settings() { return java.util.List.of(" + settings
                + "); }\n"
                + "  public " + product + " create(io.zookit.spi.PluginContext context) {\n    " + createBody + "\n"
                + "    return (" + product
                + ") java.lang.reflect.Proxy.newProxyInstance(Provider.class.getClassLoader(),\n"
                + "        new Class<?>[] {" + product + ".class}, (proxy, method, arguments) -> null);\n  }\n}\n";
        return module(module)
                .says("requires io.zookit.spi;")
                .says("provides " + service + " with " + provider + ";")
                .source(provider, source)
                .resource("META-INF/services/" + service, provider + "\n");
    }

    /** A storage plugin. */
    static PluginJar storage(String module, String id) {
        return storage(module, id, "", "");
    }

    /** A storage plugin with settings. */
    static PluginJar storage(String module, String id, String settings, String createBody) {
        return plugin(
                module,
                "io.zookit.spi.storage.StorageProvider",
                "io.zookit.spi.storage.Storage",
                "return \"" + id + "\";",
                settings,
                createBody);
    }

    /** An authentication plugin. */
    static PluginJar auth(String module, String id) {
        return plugin(
                module,
                "io.zookit.spi.auth.AuthSchemeProvider",
                "io.zookit.spi.auth.AuthScheme",
                "return \"" + id + "\";",
                "",
                "");
    }

    PluginJar version(String version) {
        this.version = version;
        return this;
    }

    /** Adds a line of the module's descriptor. */
    PluginJar says(String directive) {
        directives.add(directive);
        return this;
    }

    PluginJar source(String className, String text) {
        sources.put(className, text);
        return this;
    }

    PluginJar resource(String path, String text) {
        resources.put(path, text);
        return this;
    }

    /** Adds a jar to compile against. */
    PluginJar against(Path jar) {
        modulePath.add(jar);
        return this;
    }

    /** Compiles against another jar of the contracts than the one of this build. */
    PluginJar againstSpi(Path spiJar) {
        modulePath.add(spiJar);
        standardSpi = false;
        return this;
    }

    /** Compiles and writes the jar; directories are made. */
    Path write(Path jar) {
        try {
            Files.createDirectories(jar.toAbsolutePath().getParent());
            Path work = Files.createTempDirectory("module");
            List<Path> files = new ArrayList<>();
            files.add(file(
                    work.resolve("src/module-info.java"),
                    "module " + module + " {\n" + String.join("\n", directives) + "\n}\n"));
            for (Map.Entry<String, String> source : sources.entrySet()) {
                files.add(file(work.resolve("src/" + source.getKey().replace('.', '/') + ".java"), source.getValue()));
            }
            Path classes = Files.createDirectories(work.resolve("classes"));
            compile(files, classes);
            for (Map.Entry<String, String> resource : resources.entrySet()) {
                file(classes.resolve(resource.getKey()), resource.getValue());
            }
            jar("--create", "--file=" + jar, "--module-version=" + version, "-C", classes.toString(), ".");
            delete(work);
            return jar;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    static void jar(String... arguments) {
        int code = ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err, arguments);
        if (code != 0) {
            throw new IllegalStateException("jar failed: " + List.of(arguments));
        }
    }

    /** Writes a jar with the contracts of this build under another version. */
    static Path spi(Path jar, String version) {
        try {
            if (Files.isDirectory(spi())) {
                jar("--create", "--file=" + jar, "--module-version=" + version, "-C", spi().toString(), ".");
            } else {
                Files.copy(spi(), jar);
                jar("--update", "--file=" + jar, "--module-version=" + version);
            }
            return jar;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Where the contracts of this build are. */
    static Path spi() {
        return ServerLayer.place(io.zookit.spi.PluginProvider.class);
    }

    private void compile(List<Path> files, Path classes) {
        List<Path> path = new ArrayList<>(modulePath);
        path.add(ServerLayer.place(io.zookit.model.Id.class));
        path.add(ServerLayer.place(Logger.class));
        if (standardSpi) {
            path.add(spi());
        }
        String modules = path.stream().map(Path::toString).collect(Collectors.joining(java.io.File.pathSeparator));
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "--module-path", modules));
        arguments.addAll(List.of("-d", classes.toString(), "-Xlint:none", "-proc:none"));
        files.forEach(file -> arguments.add(file.toString()));
        StringWriter messages = new StringWriter();
        PrintWriter writer = new PrintWriter(messages);
        int code = ToolProvider.findFirst("javac").orElseThrow().run(writer, writer, arguments.toArray(new String[0]));
        if (code != 0) {
            throw new IllegalStateException(messages.toString());
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Path file(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }
}
