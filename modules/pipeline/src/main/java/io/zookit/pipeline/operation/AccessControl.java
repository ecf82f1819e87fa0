package io.zookit.pipeline.operation;

import io.zookit.model.Acl;
import io.zookit.model.Id;
import io.zookit.spi.auth.AuthScheme;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an ACL allows, by asking the authentication schemes. Deny is the default: a scheme that is missing, or that throws,
 * allows nothing. Pure; any thread.
 */
public final class AccessControl {
    private static final String AUTH_SCHEME = "auth";

    private final Map<String, AuthScheme> schemes;
    private final boolean skip;

    /**
     * @param schemes the chosen schemes by name
     * @param skip whether every check passes (the key {@code skipACL})
     */
    public AccessControl(Map<String, AuthScheme> schemes, boolean skip) {
        this.schemes = Map.copyOf(schemes);
        this.skip = skip;
    }

    /**
     * Whether a client may do something.
     *
     * @param acl the znode's list; an empty one allows everything
     * @param permission one bit of {@link io.zookit.model.Permissions}, or several of which one suffices
     * @param identities who the client is
     */
    public boolean allows(List<Acl> acl, int permission, List<Id> identities) {
        if (acl == Acl.OPEN_UNSAFE || skip || acl.isEmpty() || isSuper(identities)) {
            return true;
        }
        for (Acl entry : acl) {
            if ((entry.permissions() & permission) != 0 && means(entry.id(), identities)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSuper(List<Id> identities) {
        for (Id identity : identities) {
            if (identity.isSuper()) {
                return true;
            }
        }
        return false;
    }

    private boolean means(Id expression, List<Id> identities) {
        if (expression.equals(Id.ANYONE)) {
            return true;
        }
        AuthScheme scheme = schemes.get(expression.scheme());
        if (scheme == null) {
            return false;
        }
        for (Id identity : identities) {
            if (identity.scheme().equals(expression.scheme()) && matches(scheme, identity, expression)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(AuthScheme scheme, Id identity, Id expression) {
        try {
            return scheme.matches(identity.id(), expression.id());
        } catch (RuntimeException denied) {
            return false;
        }
    }

    /**
     * Completes the ACL a client asks for: drops duplicates, replaces {@code auth} by who the client has proved to be.
     *
     * @return the list to store, or {@code null} when the wish is not valid (INVALID_ACL)
     */
    public @Nullable List<Acl> complete(List<Acl> wished, List<Id> identities) {
        if (wished == Acl.OPEN_UNSAFE || wished.equals(Acl.OPEN_UNSAFE)) {
            return Acl.OPEN_UNSAFE;
        }
        // Duplicates are dropped from the wish, not from what it comes to (client protocol).
        List<Acl> completed = new ArrayList<>();
        for (Acl entry : new LinkedHashSet<>(wished)) {
            List<Acl> replacement = complete(entry, identities);
            if (replacement.isEmpty()) {
                return null;
            }
            completed.addAll(replacement);
        }
        return completed.isEmpty() ? null : List.copyOf(completed);
    }

    /** What one wished entry stands for; empty when it is not valid. */
    private List<Acl> complete(Acl entry, List<Id> identities) {
        if (entry.id().equals(Id.ANYONE)) {
            return List.of(entry);
        }
        if (entry.id().scheme().equals(AUTH_SCHEME)) {
            return proved(entry.permissions(), identities);
        }
        AuthScheme scheme = schemes.get(entry.id().scheme());
        return scheme != null && isValid(scheme, entry.id().id()) ? List.of(entry) : List.of();
    }

    private List<Acl> proved(int permissions, List<Id> identities) {
        List<Acl> entries = new ArrayList<>();
        for (Id identity : identities) {
            AuthScheme scheme = schemes.get(identity.scheme());
            if (scheme != null && scheme.expandsAuth()) {
                entries.add(new Acl(permissions, identity));
            }
        }
        return entries;
    }

    /** The part of an identity that may be shown to its owner and to others. */
    public String userName(Id identity) {
        AuthScheme scheme = schemes.get(identity.scheme());
        return scheme == null ? identity.id() : scheme.userName(identity.id());
    }

    private static boolean isValid(AuthScheme scheme, String id) {
        try {
            return scheme.valid(id);
        } catch (RuntimeException refused) {
            return false;
        }
    }
}
