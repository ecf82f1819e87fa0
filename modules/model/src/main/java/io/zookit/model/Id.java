package io.zookit.model;

import org.jspecify.annotations.Nullable;

/**
 * An identity or the expression that describes one: a scheme and a text that the scheme's plugin understands.
 *
 * @param scheme name of the authentication scheme, such as {@code digest}
 * @param id text in the scheme's own format, such as {@code user:hash}
 */
public record Id(String scheme, String id) {
    /** Everyone. */
    public static final Id ANYONE = new Id("world", "anyone");

    /** Whether this identity passes every check. */
    public boolean isSuper() {
        return scheme.equals("super");
    }

    // Written out because it is needed at the start, where what a record brings along is slow (decision 0082).
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Id that && scheme.equals(that.scheme) && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return 31 * scheme.hashCode() + id.hashCode();
    }
}
