package io.zookit.zab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The standard text of a {@link Membership}: read leniently where configuration files are, written as every server writes it. */
final class MembershipText {
    private static final int PORT_MAX = 65_535;
    private static final int LINES_MAX = 10_000;

    private long version;
    private final SortedMap<Long, Member> members = new TreeMap<>();
    private final SortedMap<Long, List<Long>> groups = new TreeMap<>();
    private final SortedMap<Long, Long> weights = new TreeMap<>();

    private MembershipText() {}

    static Membership parse(String text) {
        MembershipText parsed = new MembershipText();
        List<String> lines = text.lines().limit(LINES_MAX).toList();
        for (String line : lines) {
            String trimmed = line.strip();
            if (!trimmed.isEmpty() && !trimmed.startsWith("#")) {
                parsed.line(trimmed);
            }
        }
        return new Membership(parsed.version, parsed.members, parsed.groups, parsed.weights);
    }

    private void line(String line) {
        int equals = line.indexOf('=');
        if (equals < 0) {
            throw new MembershipFormatException("\"" + line + "\" is no key=value line");
        }
        String key = line.substring(0, equals).strip();
        String value = line.substring(equals + 1).strip();
        if (key.equals("version")) {
            version = number(value, 16, line);
        } else if (key.startsWith("server.")) {
            Member member = member(line);
            if (members.put(member.id(), member) != null) {
                throw new MembershipFormatException("server." + member.id() + " is given twice");
            }
        } else if (key.startsWith("group.")) {
            groups.put(number(key.substring("group.".length()), 10, line), ids(value, line));
        } else if (key.startsWith("weight.")) {
            weights.put(number(key.substring("weight.".length()), 10, line), number(value, 10, line));
        } else {
            throw new MembershipFormatException("\"" + line + "\": expected server.N, group.N, weight.N or version");
        }
    }

    private static List<Long> ids(String value, String line) {
        List<Long> ids = new ArrayList<>();
        for (String id : value.split(":", -1)) {
            ids.add(number(id, 10, line));
        }
        return ids;
    }

    /** Reads a line {@code server.N=…}. */
    static Member member(String line) {
        int equals = line.indexOf('=');
        if (equals < 0 || !line.startsWith("server.")) {
            throw new MembershipFormatException("\"" + line + "\": expected server.N=host:quorumPort:electionPort");
        }
        long id = number(line.substring("server.".length(), equals).strip(), 10, line);
        String value = line.substring(equals + 1).strip();
        int semicolon = value.indexOf(';');
        String ensemble = semicolon < 0 ? value : value.substring(0, semicolon);
        String client =
                semicolon < 0 ? "" : client(value.substring(semicolon + 1).strip(), line);
        boolean voter = true;
        int last = ensemble.lastIndexOf(':');
        String role = ensemble.substring(last + 1).strip().toLowerCase(Locale.ROOT);
        if (role.equals("participant") || role.equals("observer")) {
            voter = role.equals("participant");
            ensemble = ensemble.substring(0, Math.max(last, 0));
        }
        List<Member.Address> addresses = new ArrayList<>();
        for (String address : ensemble.split("\\|", -1)) {
            addresses.add(address(address.strip(), line));
        }
        return new Member(id, addresses, voter, client);
    }

    private static Member.Address address(String text, String line) {
        int second = text.lastIndexOf(':');
        int first = second < 0 ? -1 : text.lastIndexOf(':', second - 1);
        if (first < 1) {
            throw new MembershipFormatException("\"" + line + "\": expected host:quorumPort:electionPort");
        }
        String host = text.substring(0, first);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new MembershipFormatException(
                    "\"" + line + "\": \"" + host + "\" is no host; an IPv6 address stands in brackets");
        }
        return new Member.Address(
                host, port(text.substring(first + 1, second), line), port(text.substring(second + 1), line));
    }

    private static String client(String text, String line) {
        int colon = text.lastIndexOf(':');
        int port = port(text.substring(colon + 1), line);
        String host = text.substring(0, Math.max(colon, 0)).strip();
        return (host.isEmpty() ? "0.0.0.0" : host) + ":" + port;
    }

    private static int port(String text, String line) {
        long port = number(text.strip(), 10, line);
        if (port < 0 || port > PORT_MAX) {
            throw new MembershipFormatException("\"" + line + "\": " + port + " is no port");
        }
        return (int) port;
    }

    static long number(String text, int radix, String line) {
        try {
            return Long.parseLong(text, radix);
        } catch (NumberFormatException e) {
            throw new MembershipFormatException("\"" + line + "\": \"" + text + "\" is no number");
        }
    }

    static String of(Membership membership) {
        List<String> lines = new ArrayList<>();
        membership.members().values().forEach(member -> lines.add("server." + member.id() + "=" + line(member)));
        if (!membership.groups().isEmpty()) {
            membership.groups().forEach((group, ids) -> lines.add("group." + group + "=" + joined(ids)));
            membership.voters().forEach(id -> lines.add("weight." + id + "=" + membership.weight(id)));
        }
        lines.add("version=" + Long.toHexString(membership.version()));
        return String.join("\n", lines);
    }

    private static String line(Member member) {
        String addresses = member.addresses().stream()
                .map(address -> bracketed(address.host()) + ":" + address.quorumPort() + ":" + address.electionPort())
                .collect(Collectors.joining("|"));
        String client = member.client().isEmpty() ? "" : ";" + member.client();
        return addresses + (member.voter() ? ":participant" : ":observer") + client;
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    private static String joined(List<Long> ids) {
        return ids.stream().map(String::valueOf).collect(Collectors.joining(":"));
    }
}
