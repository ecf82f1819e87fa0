package io.zookit.kernel;

import io.zookit.spi.PluginKind;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a plugin, which is unique: {@code storage/mapdb}.
 *
 * @param kind what it is
 * @param id its name within the kind
 */
record PluginName(PluginKind kind, String id) {
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** Whether an id has the form the contract asks for: lower case letters, digits and dashes. */
    static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    @Override
    public String toString() {
        return kind.word() + "/" + id;
    }

    // Written out because it is needed at the start, where what a record brings along is slow (decision 0082).
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PluginName that && kind == that.kind && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + id.hashCode();
    }
}
