package io.zookit.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContractTypeTest {
    private static final String BEFORE = """
            # A comment.

            enum com.example.Kind
                constant COLD
                String word()

            interface com.example.Store<T> extends AutoCloseable
                abstract int get(String)
                abstract void close()
                default int size()
                static final int MOST = 7

            interface com.example.Step permits com.example.Step.End
            """;

    private static void assertBreaks(String before, String after, String... expected) {
        Contracts changed = Contracts.parse(BEFORE.replace(before, after));
        assertEquals(List.of(expected), changed.breaks(Contracts.parse(BEFORE)));
    }

    @Test
    void theSameBreaksNothing() {
        assertBreaks("", "");
        assertEquals(List.of(), Contracts.parse(BEFORE).additions(Contracts.parse(BEFORE)));
    }

    @Test
    void whatNobodyHasToHaveMayBeAdded() {
        String more = BEFORE + "interface com.example.New\n    abstract void any()\n";
        Contracts larger =
                Contracts.parse(more.replace("default int", "default int most()\n    static int\n    default int"));
        assertEquals(List.of(), larger.breaks(Contracts.parse(BEFORE)));
        assertEquals(
                List.of(
                        "interface com.example.New",
                        "com.example.Store: default int most()",
                        "com.example.Store: static int"),
                larger.additions(Contracts.parse(BEFORE)));
    }

    @Test
    void aMethodMayBecomeOptional() {
        assertBreaks("abstract int get", "default int get");
    }

    @Test
    void anOptionalMethodMayNotBecomeAnOrder() {
        assertBreaks(
                "default int size()",
                "abstract int size()",
                "com.example.Store has no longer \"default int size()\"",
                "com.example.Store asks for \"abstract int size()\", which no plugin has yet");
    }

    @Test
    void nothingMayGo() {
        assertBreaks(
                "    abstract int get(String)\n", "", "com.example.Store has no longer \"abstract int get(String)\"");
        assertBreaks("    constant COLD\n", "", "com.example.Kind has no longer \"constant COLD\"");
        assertEquals(
                List.of("com.example.Kind is gone", "com.example.Step is gone", "com.example.Store is gone"),
                Contracts.parse("").breaks(Contracts.parse(BEFORE)));
    }

    @Test
    void nothingMayChange() {
        assertBreaks("MOST = 7", "MOST = 8", "com.example.Store has no longer \"static final int MOST = 7\"");
        assertBreaks(
                "Store<T> extends",
                "Store<T, U> extends",
                "com.example.Store is \"interface com.example.Store<T, U> extends AutoCloseable\","
                        + " was \"interface com.example.Store<T> extends AutoCloseable\"");
    }

    @Test
    void noMethodMayBeAskedForAndNoCaseAdded() {
        assertBreaks(
                "abstract int get",
                "abstract int other()\n    abstract int get",
                "com.example.Store asks for \"abstract int other()\", which no plugin has yet");
        assertBreaks(
                "constant COLD",
                "constant COLD\n    constant WARM",
                "com.example.Kind has a new \"constant WARM\", for which a switch in a plugin has no branch");
    }
}
