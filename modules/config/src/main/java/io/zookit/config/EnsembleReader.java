package io.zookit.config;

import io.zookit.config.Ensemble.Address;
import io.zookit.config.Ensemble.ClientAddress;
import io.zookit.config.Ensemble.Member;
import io.zookit.config.Ensemble.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads {@code server.N=host:quorumPort:electionPort[:role][|more addresses][;[clientHost:]clientPort]} and the group and weight
 * lines. IPv6 addresses stand in brackets.
 */
final class EnsembleReader {
    private static final String FORM =
            "expected host:quorumPort:electionPort[:participant|observer][;[clientHost:]clientPort].";

    private final boolean severalAddresses;
    private final List<Problem> problems;
    private final Map<Long, Member> members = new TreeMap<>();
    private final Map<Long, List<Long>> groups = new TreeMap<>();
    private final Map<Long, Long> weights = new TreeMap<>();

    private EnsembleReader(boolean severalAddresses, List<Problem> problems) {
        this.severalAddresses = severalAddresses;
        this.problems = problems;
    }

    /** A line that cannot be understood; the reason follows the line in the message. */
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        Malformed(String reason) {
            super(reason);
            this.reason = reason;
        }
    }

    /**
     * Reads the membership lines among some entries.
     *
     * @param severalAddresses whether a server may have more than one address ({@code multiAddress.enabled})
     */
    static Ensemble read(Collection<ConfigEntry> entries, boolean severalAddresses, List<Problem> problems) {
        EnsembleReader reader = new EnsembleReader(severalAddresses, problems);
        for (ConfigEntry entry : entries) {
            if (Ensemble.isMembership(entry.key())) {
                reader.readEntry(entry);
            }
        }
        reader.checkAddresses();
        reader.checkGroups(entries);
        return new Ensemble(reader.members, reader.groups, reader.weights);
    }

    private void readEntry(ConfigEntry entry) {
        try {
            OptionalLong id = ValueText.number(entry.key().substring(entry.key().indexOf('.') + 1));
            if (id.isEmpty() || id.getAsLong() < 0) {
                throw new Malformed("the part after the dot must be a whole number.");
            }
            if (entry.key().startsWith("server.")) {
                members.put(id.getAsLong(), member(id.getAsLong(), entry));
            } else if (entry.key().startsWith("group.")) {
                groups.put(id.getAsLong(), groupMembers(entry.value()));
            } else {
                weights.put(id.getAsLong(), numberAtLeastZero(entry.value()));
            }
        } catch (Malformed malformed) {
            problems.add(Problem.error(entry, malformed.reason));
        }
    }

    private Member member(long id, ConfigEntry entry) throws Malformed {
        String[] halves = entry.value().split(";", -1);
        if (halves.length > 2) {
            throw new Malformed(FORM);
        }
        String[] parts = halves[0].split("\\|", -1);
        if (parts.length > 1 && !severalAddresses) {
            throw new Malformed("several addresses need multiAddress.enabled=true. Add that line or keep one address.");
        }
        List<Address> addresses = new ArrayList<>();
        Set<Role> roles = new HashSet<>();
        for (String part : parts) {
            List<String> fields = fields(part.trim());
            if (fields.size() == 2) {
                throw new Malformed("the election port is missing. " + FORM);
            }
            if (fields.size() < 3 || fields.size() > 4) {
                throw new Malformed(FORM);
            }
            addresses.add(new Address(fields.get(0), port(fields.get(1)), port(fields.get(2))));
            roles.add(fields.size() == 4 ? role(fields.get(3)) : Role.PARTICIPANT);
        }
        if (roles.size() > 1) {
            throw new Malformed("all addresses of a server must have the same role.");
        }
        List<ClientAddress> clients = halves.length == 2 ? List.of(clients(halves[1].trim())) : List.of();
        return new Member(id, List.copyOf(addresses), roles.iterator().next(), clients, entry);
    }

    private static ClientAddress clients(String text) throws Malformed {
        List<String> fields = fields(text);
        return switch (fields.size()) {
            case 1 -> new ClientAddress("0.0.0.0", port(fields.get(0)));
            case 2 -> new ClientAddress(fields.get(0), port(fields.get(1)));
            default -> throw new Malformed(FORM);
        };
    }

    /** Splits at colons; a first field in brackets may hold colons, and comes back without the brackets. */
    private static List<String> fields(String text) throws Malformed {
        if (!text.startsWith("[")) {
            return withoutBlanks(text.split(":", -1));
        }
        int end = text.indexOf(']');
        if (end < 0 || end == 1 || end + 1 == text.length() || text.charAt(end + 1) != ':') {
            throw new Malformed("an IPv6 address is written as [address]:port. " + FORM);
        }
        List<String> fields = new ArrayList<>();
        fields.add(text.substring(1, end));
        fields.addAll(withoutBlanks(text.substring(end + 2).split(":", -1)));
        return fields;
    }

    private static List<String> withoutBlanks(String[] fields) throws Malformed {
        List<String> trimmed = Arrays.stream(fields).map(String::trim).toList();
        if (trimmed.contains("")) {
            throw new Malformed(FORM);
        }
        return trimmed;
    }

    private static int port(String text) throws Malformed {
        OptionalLong port = ValueText.number(text);
        if (port.isEmpty() || port.getAsLong() < 1 || port.getAsLong() > 65535) {
            throw new Malformed(text + " is no port. " + FORM);
        }
        return (int) port.getAsLong();
    }

    private static Role role(String text) throws Malformed {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "participant" -> Role.PARTICIPANT;
            case "observer" -> Role.OBSERVER;
            default -> throw new Malformed(text + " is no role: expected participant or observer.");
        };
    }

    private static List<Long> groupMembers(String value) throws Malformed {
        List<Long> ids = new ArrayList<>();
        for (String id : value.split(":", -1)) {
            ids.add(numberAtLeastZero(id.trim()));
        }
        return List.copyOf(ids);
    }

    private static long numberAtLeastZero(String text) throws Malformed {
        OptionalLong number = ValueText.number(text);
        if (number.isEmpty() || number.getAsLong() < 0) {
            throw new Malformed(text + " is no whole number of at least 0.");
        }
        return number.getAsLong();
    }

    /** No two servers share a place, and within one server all ports differ. */
    private void checkAddresses() {
        Map<String, Member> owners = new TreeMap<>();
        for (Member member : members.values()) {
            for (Address address : member.addresses()) {
                claim(owners, address.host() + ":" + address.quorumPort(), member);
                claim(owners, address.host() + ":" + address.electionPort(), member);
            }
            for (ClientAddress client : member.clients()) {
                for (Address address : member.addresses()) {
                    if (client.port() == address.electionPort() || client.port() == address.quorumPort()) {
                        problems.add(Problem.error(
                                member.entry(), "the client port is also a port for servers. Choose another one."));
                    }
                }
            }
        }
    }

    private void claim(Map<String, Member> owners, String place, Member member) {
        Member other = owners.putIfAbsent(place, member);
        if (other != null) {
            String whose = other == member ? "twice in this line" : "also in server." + other.id();
            problems.add(Problem.error(
                    member.entry(), place + " stands " + whose + ". Each port belongs to one server and one use."));
        }
    }

    private void checkGroups(Collection<ConfigEntry> entries) {
        Set<Long> grouped = new HashSet<>();
        for (ConfigEntry entry : entries) {
            OptionalLong id = entry.key().startsWith("group.")
                    ? ValueText.number(entry.key().substring(6))
                    : OptionalLong.empty();
            if (id.isPresent()) {
                for (long server : groups.getOrDefault(id.getAsLong(), List.of())) {
                    if (!members.containsKey(server)) {
                        problems.add(Problem.error(entry, "there is no line server." + server + "."));
                    } else if (!grouped.add(server)) {
                        problems.add(Problem.error(entry, "server " + server + " is in a group already."));
                    }
                }
            }
        }
    }
}
