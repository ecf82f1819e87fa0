package io.zookit.spi;

import io.zookit.model.Txn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** All that a plugin sees of the server: the exported types of {@code spi}, and those of {@code model}, which it requires transitively. */
final class Contracts {
    private static final String INDENT = "    ";

    private final SortedMap<String, ContractType> types;

    private Contracts(SortedMap<String, ContractType> types) {
        this.types = Collections.unmodifiableSortedMap(types);
    }

    /** As they are compiled now. */
    static Contracts compiled() throws Exception {
        SortedMap<String, ContractType> types = new TreeMap<>();
        for (Class<?> member : List.of(PluginProvider.class, Txn.class)) {
            ContractText.of(member).forEach(type -> types.put(type.name(), type));
        }
        return new Contracts(types);
    }

    /** As {@link #text} wrote them down. */
    static Contracts parse(String text) {
        SortedMap<String, ContractType> types = new TreeMap<>();
        String name = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith(INDENT)) {
                types.get(name).lines().add(line.strip());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                name = line.replaceFirst("^((abstract|final) )?\\w+ ([\\w.]+).*", "$3");
                types.put(name, new ContractType(name, line, new TreeSet<>()));
            }
        }
        return new Contracts(types);
    }

    /** One paragraph for each type, in order of their names. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (ContractType type : types.values()) {
            text.append('\n').append(type.head()).append('\n');
            type.lines().forEach(line -> text.append(INDENT).append(line).append('\n'));
        }
        return text.toString();
    }

    /** Why plugins made for earlier contracts would not work with these, a sentence each; none when they would. */
    List<String> breaks(Contracts earlier) {
        List<String> breaks = new ArrayList<>();
        for (ContractType before : earlier.types.values()) {
            ContractType now = types.get(before.name());
            breaks.addAll(now == null ? List.of(before.name() + " is gone") : now.breaks(before));
        }
        return breaks;
    }

    /** What these have and earlier ones did not, a line each. */
    List<String> additions(Contracts earlier) {
        List<String> additions = new ArrayList<>();
        for (ContractType now : types.values()) {
            ContractType before = earlier.types.get(now.name());
            if (before == null) {
                additions.add(now.head());
            } else {
                now.additions(before).forEach(line -> additions.add(now.name() + ": " + line));
            }
        }
        return additions;
    }

    int size() {
        return types.size();
    }
}
