package io.zookit.kernel;

import io.zookit.config.Problem;
import io.zookit.spi.PluginProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes the providers that a loader or a layer has and asks each for its id: the first moment in which code of a plugin runs. */
final class Services {
    private static final int FAILURES_MAX = 20;

    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Problem> problems;

    private Services(List<Problem> problems) {
        this.problems = problems;
    }

    /** The plugins of one directory's layer; services of the layers below it are not its own. */
    static List<Candidate> of(ModuleLayer layer, String place, List<Problem> problems) {
        Services services = new Services(problems);
        for (ProviderKinds kind : ProviderKinds.values()) {
            services.addAll(
                    kind,
                    ServiceLoader.load(layer, kind.service()),
                    type -> type.getModule().getLayer() == layer,
                    type -> place);
        }
        return services.candidates;
    }

    /** The plugins among an application's own libraries. */
    static List<Candidate> of(PluginSource.Services source, List<Problem> problems) {
        Services services = new Services(problems);
        for (ProviderKinds kind : ProviderKinds.values()) {
            services.addAll(
                    kind,
                    ServiceLoader.load(kind.service(), source.loader()),
                    type -> true,
                    Services::placeInApplication);
        }
        return services.candidates;
    }

    /** The plugins of an application's layer and the layers below it. */
    static List<Candidate> of(PluginSource.LayerServices source, List<Problem> problems) {
        Services services = new Services(problems);
        for (ProviderKinds kind : ProviderKinds.values()) {
            services.addAll(
                    kind,
                    ServiceLoader.load(source.layer(), kind.service()),
                    type -> true,
                    Services::placeInApplication);
        }
        return services.candidates;
    }

    /** The plugins an application made itself. */
    static List<Candidate> of(PluginSource.Instances source, List<Problem> problems) {
        Services services = new Services(problems);
        for (PluginProvider<?> provider : source.providers()) {
            ProviderKinds.ofProvider(provider)
                    .ifPresentOrElse(
                            kind -> services.add(kind, provider, "given by the application"),
                            () -> problems.add(
                                    Problem.error(
                                            provider.getClass().getName()
                                                    + " implements none of the provider interfaces. Let it implement the one of its kind.")));
        }
        return services.candidates;
    }

    private static String placeInApplication(Class<?> type) {
        return type.getModule().isNamed() ? "module path" : "class path";
    }

    private <T extends PluginProvider<?>> void addAll(
            ProviderKinds kind, ServiceLoader<T> loader, Predicate<Class<?>> wanted, Function<Class<?>, String> place) {
        Iterator<ServiceLoader.Provider<T>> found = loader.stream().iterator();
        String current = kind.service().getSimpleName();
        // A provider that cannot be made must not hide the ones after it; but some failures come back for ever.
        for (int failures = 0; failures < FAILURES_MAX; failures++) {
            try {
                while (found.hasNext()) {
                    ServiceLoader.Provider<T> next = found.next();
                    current = next.type().getName();
                    if (wanted.test(next.type())) {
                        add(kind, next.get(), place.apply(next.type()));
                    }
                }
                return;
            } catch (ServiceConfigurationError | LinkageError broken) {
                problems.add(Problem.error(current + " cannot be made: " + rootOf(broken)
                        + ". A jar is missing or does not fit to the others."));
            }
        }
    }

    private void add(ProviderKinds kind, PluginProvider<?> provider, String place) {
        String type = provider.getClass().getName();
        try {
            String id = provider.id();
            if (!PluginName.isId(id)) {
                problems.add(Problem.error(place + ": the id \"" + id + "\" of " + type
                        + " is malformed. An id is made of lower case letters, digits and dashes."));
            } else if (provider.kind() != kind.kind()) {
                problems.add(Problem.error(place + ": " + type + " says it is a plugin for "
                        + provider.kind().word() + ", but it is one for "
                        + kind.kind().word() + "."));
            } else {
                candidates.add(new Candidate(new PluginName(kind.kind(), id), provider, place));
            }
        } catch (RuntimeException | LinkageError broken) {
            problems.add(Problem.error(place + ": " + type + " cannot be asked for its id: " + broken));
        }
    }

    private static Throwable rootOf(Throwable broken) {
        Throwable root = broken;
        // Exceptions made on purpose to lead in a circle are not worth more than this bound.
        for (int depth = 0; depth < 20; depth++) {
            Throwable cause = root.getCause();
            if (cause == null) {
                return root;
            }
            root = cause;
        }
        return root;
    }
}
