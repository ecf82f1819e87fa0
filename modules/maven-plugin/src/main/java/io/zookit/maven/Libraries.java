package io.zookit.maven;

import io.zookit.maven.PluginList.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/**
 * Jars and archives from the repositories of the build.
 *
 * @param repositories where to look beside the local repository
 */
record Libraries(RepositorySystem system, RepositorySystemSession session, List<RemoteRepository> repositories) {
    /** The file of one artifact. */
    Path archive(String group, String artifact, String type, String version) throws ArtifactResolutionException {
        Artifact wanted = new DefaultArtifact(group, artifact, type, version);
        return system.resolveArtifact(session, new ArtifactRequest(wanted, repositories, "zookit"))
                .getArtifact()
                .getFile()
                .toPath();
    }

    /**
     * Makes the directory of a plugin: its jar and the libraries that it brings along, which are its dependencies of the scopes
     * compile and runtime. What it has as provided is the server's.
     *
     * @param directory is made
     */
    void copyPlugin(Entry plugin, Path directory) throws DependencyResolutionException, IOException {
        Artifact jar = new DefaultArtifact(plugin.group(), plugin.artifact(), "jar", plugin.version());
        CollectRequest wanted = new CollectRequest(new Dependency(jar, "runtime"), repositories);
        Files.createDirectories(directory);
        for (ArtifactResult result : system.resolveDependencies(session, new DependencyRequest(wanted, null))
                .getArtifactResults()) {
            Path file = result.getArtifact().getFile().toPath();
            Files.copy(file, directory.resolve(file.getFileName()));
        }
    }
}
