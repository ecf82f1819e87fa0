package io.zookit.model;

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
}
