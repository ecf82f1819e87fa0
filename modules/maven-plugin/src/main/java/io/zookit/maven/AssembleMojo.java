package io.zookit.maven;

import io.zookit.maven.PluginList.Entry;
import io.zookit.maven.PluginList.WrongListException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.MavenProjectHelper;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a distribution with exactly the plugins of a list: ours by id, others by {@code group:artifact:version}. It brings the parts
 * together; {@code zkAssemble.sh} of the standard distribution does the assembling.
 */
@Mojo(name = "assemble", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public final class AssembleMojo extends AbstractMojo {
    private static final String KIT_GROUP = "io.zookit";
    private static final String KIT_ARTIFACT = "zookit-assembly";
    private static final List<String> ARCHIVES = List.of("tar.gz", "zip");

    private final RepositorySystem repositorySystem;
    private final MavenProjectHelper projectHelper;

    /** The plugins, one a line. */
    @Parameter(property = "zookit.list", defaultValue = "${project.basedir}/plugins.list", required = true)
    private @Nullable File list;

    /** What goes over the conf of the standard distribution: at least a zoo.cfg, if the list needs another choice. */
    @Parameter(property = "zookit.config", defaultValue = "${project.basedir}/conf", required = true)
    private @Nullable File config;

    /** The name of the distribution's directory, and of its archives. */
    @Parameter(property = "zookit.name", defaultValue = "${project.artifactId}", required = true)
    private @Nullable String name;

    /** Whether a Java runtime goes along, cut down to what these plugins need, so that the target needs none. */
    @Parameter(property = "zookit.runtime", defaultValue = "false")
    private boolean runtime;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private @Nullable MavenProject project;

    @Parameter(defaultValue = "${plugin}", readonly = true, required = true)
    private @Nullable PluginDescriptor plugin;

    @Parameter(defaultValue = "${repositorySystemSession}", readonly = true, required = true)
    private @Nullable RepositorySystemSession session;

    /** Called by Maven. */
    @Inject
    public AssembleMojo(RepositorySystem repositorySystem, MavenProjectHelper projectHelper) {
        this.repositorySystem = repositorySystem;
        this.projectHelper = projectHelper;
    }

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        MavenProject owner = given(project);
        Path target = Path.of(owner.getBuild().getDirectory());
        try {
            assemble(owner, target);
        } catch (IOException e) {
            throw new MojoExecutionException("the distribution could not be written below " + target + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("interrupted", e);
        }
    }

    private void assemble(MavenProject owner, Path target)
            throws MojoExecutionException, MojoFailureException, IOException, InterruptedException {
        Path names = given(list).toPath();
        if (!Files.isReadable(names)) {
            throw new MojoFailureException(
                    names + " cannot be read: write one plugin a line, or name another file as <list>");
        }
        Libraries libraries = new Libraries(repositorySystem, given(session), owner.getRemoteProjectRepositories());
        Directories.delete(target.resolve("zookit"));
        Directories.delete(target.resolve(given(name)));
        Path kit = unpackedKit(libraries, target.resolve("zookit/kit"));
        List<Path> own = ownPlugins(libraries, names, target.resolve("zookit/plugins"));
        getLog().info(assembled(kit, names, target.resolve(given(name)), own));
        attachArchives(owner, target);
    }

    private Path unpackedKit(Libraries libraries, Path directory)
            throws MojoExecutionException, IOException, InterruptedException {
        String version = given(plugin).getVersion();
        try {
            Path archive = libraries.archive(KIT_GROUP, KIT_ARTIFACT, "tar.gz", version);
            Files.createDirectories(directory);
            Program tar = Program.run(directory, List.of("tar", "-xzf", archive.toString(), "--strip-components=1"));
            if (tar.exitCode() != 0) {
                throw new MojoExecutionException(archive + " could not be unpacked: " + tar.output());
            }
            return directory;
        } catch (ArtifactResolutionException e) {
            throw new MojoExecutionException("the standard distribution is in no repository: " + e.getMessage(), e);
        }
    }

    private List<Path> ownPlugins(Libraries libraries, Path names, Path directory)
            throws MojoFailureException, IOException {
        List<Path> directories = new ArrayList<>();
        try {
            for (Entry entry : PluginList.read(Files.readAllLines(names))) {
                Path own = directory.resolve(entry.line() + "/" + entry.artifact());
                copyPlugin(libraries, names, entry, own);
                directories.add(own);
            }
        } catch (WrongListException wrong) {
            throw new MojoFailureException(names + ":" + wrong.getMessage(), wrong);
        }
        return directories;
    }

    private static void copyPlugin(Libraries libraries, Path names, Entry entry, Path directory)
            throws MojoFailureException, IOException {
        try {
            libraries.copyPlugin(entry, directory);
        } catch (DependencyResolutionException e) {
            throw new MojoFailureException(
                    names + ":" + entry.line() + ": " + entry + " or a library of it is in no repository: "
                            + e.getMessage(),
                    e);
        }
    }

    private String assembled(Path kit, Path names, Path made, List<Path> own)
            throws MojoFailureException, IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("bash", kit.resolve("bin/zkAssemble.sh").toString()));
        if (given(config).isDirectory()) {
            command.addAll(List.of("--config", given(config).toString()));
        }
        if (runtime) {
            command.add("--runtime");
        }
        command.addAll(List.of(names.toString(), made.toString()));
        own.forEach(directory -> command.add(directory.toString()));
        Program script = Program.run(given(made.getParent()), command);
        if (script.exitCode() != 0) {
            throw new MojoFailureException(script.output());
        }
        return script.output();
    }

    /** Other builds can depend on the archives: they are installed and deployed with the project. */
    private void attachArchives(MavenProject owner, Path target) {
        for (String type : ARCHIVES) {
            Path archive = target.resolve(given(name) + "." + type);
            if (Files.exists(archive)) {
                projectHelper.attachArtifact(owner, type, archive.toFile());
            }
        }
    }

    /** What Maven has filled in. */
    private static <T> T given(@Nullable T parameter) {
        if (parameter == null) {
            throw new IllegalStateException("Maven fills in every parameter before it calls");
        }
        return parameter;
    }
}
