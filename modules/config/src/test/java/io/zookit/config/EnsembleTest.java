package io.zookit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.config.Ensemble.Address;
import io.zookit.config.Ensemble.ClientAddress;
import io.zookit.config.Ensemble.Member;
import io.zookit.config.Ensemble.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnsembleTest {
    private static final String BASE = "dataDir=/data\nclientPort=2181\ninitLimit=10\nsyncLimit=5\n";
    private static final String FORM =
            "expected host:quorumPort:electionPort[:participant|observer][;[clientHost:]clientPort].";

    private static Config parse(String lines) {
        return Config.parse("zoo.cfg", BASE + lines, Map.of());
    }

    private static List<String> errors(String lines) {
        return Problem.errorsOf(parse(lines).problems());
    }

    private static Member member(String line) {
        Config config = parse("multiAddress.enabled=true\nserver.1=" + line);
        assertEquals(List.of(), Problem.errorsOf(config.problems()));
        return config.ensemble().members().get(1L);
    }

    @Test
    void threeServerLinesMakeAnEnsemble() {
        Config config = parse(
                "server.1=a:2888:3888\nserver.2=b:2888:3888\nserver.3=c:2888:3888:observer\nserver.4=d:2888:3888\n");
        assertEquals(List.of(), config.problems());
        assertEquals(List.of(), config.unusedKeys(Set.of()));
        assertEquals(Mode.QUORUM, config.mode());
        assertEquals(3, config.ensemble().voterCount());
        assertEquals(Set.of(1L, 2L, 3L, 4L), config.ensemble().members().keySet());
        assertEquals(Role.OBSERVER, config.ensemble().members().get(3L).role());
    }

    @Test
    void theNumberOfAServerMustNotLookLikeATimeToLive() {
        String lines = "server.254=a:2888:3888\nserver.255=b:2888:3888\nserver.3=c:2888:3888\n";
        assertEquals(List.of(), errors(lines));
        List<String> errors = errors("extendedTypesEnabled=true\n" + lines);
        assertEquals(1, errors.size());
        assertTrue(errors.get(0).contains("server.255"), errors.get(0));
    }

    @Test
    void everyFormOfAServerLineIsRead() {
        assertEquals(List.of(new Address("host", 1, 2)), member("host:1:2").addresses());
        assertEquals(Role.PARTICIPANT, member("host:1:2:PARTICIPANT").role());
        assertEquals(
                List.of(new ClientAddress("0.0.0.0", 2181)),
                member("host:1:2;2181").clients());
        assertEquals(
                List.of(new ClientAddress("10.0.0.1", 2181)),
                member("host:1:2:participant;10.0.0.1:2181").clients());
        assertEquals(
                List.of(new Address("2001:db8::1", 1, 2)),
                member("[2001:db8::1]:1:2").addresses());
        assertEquals(
                List.of(new ClientAddress("::", 2181)),
                member("[::1]:1:2;[::]:2181").clients());
        assertEquals(
                List.of(new Address("a", 1, 2), new Address("::1", 3, 4)),
                member("a:1:2|[::1]:3:4;2181").addresses());
    }

    @Test
    void malformedServerLinesSayWhatWasExpected() {
        assertEquals(
                List.of("zoo.cfg:5 server.x=a:1:2: the part after the dot must be a whole number."),
                errors("server.x=a:1:2"));
        assertEquals(List.of("zoo.cfg:5 server.1=a:1: the election port is missing. " + FORM), errors("server.1=a:1"));
        assertEquals(List.of("zoo.cfg:5 server.1=a: " + FORM), errors("server.1=a"));
        assertEquals(List.of("zoo.cfg:5 server.1=a:1:2:observer:5: " + FORM), errors("server.1=a:1:2:observer:5"));
        assertEquals(List.of("zoo.cfg:5 server.1=a:1:2;3;4: " + FORM), errors("server.1=a:1:2;3;4"));
        assertEquals(List.of("zoo.cfg:5 server.1=a::2: " + FORM), errors("server.1=a::2"));
        assertEquals(List.of("zoo.cfg:5 server.1=a:0:2: 0 is no port. " + FORM), errors("server.1=a:0:2"));
        assertEquals(List.of("zoo.cfg:5 server.1=a:1:65536: 65536 is no port. " + FORM), errors("server.1=a:1:65536"));
        assertEquals(
                List.of("zoo.cfg:5 server.1=a:1:2:king: king is no role: expected participant or observer."),
                errors("server.1=a:1:2:king"));
        assertEquals(
                List.of("zoo.cfg:5 server.1=[::1:1:2: an IPv6 address is written as [address]:port. " + FORM),
                errors("server.1=[::1:1:2"));
        assertEquals(
                List.of(
                        "zoo.cfg:5 server.1=a:1:2|b:1:2: several addresses need multiAddress.enabled=true. Add that line or"
                                + " keep one address."),
                errors("server.1=a:1:2|b:1:2"));
        assertEquals(
                List.of("zoo.cfg:6 server.1=a:1:2|b:1:2:observer: all addresses of a server must have the same role."),
                errors("multiAddress.enabled=true\nserver.1=a:1:2|b:1:2:observer"));
    }

    @Test
    void noTwoServersShareAPlace() {
        assertEquals(
                List.of(
                        "zoo.cfg:6 server.2=a:2888:3889: a:2888 stands also in server.1. Each port belongs to one server and one"
                                + " use."),
                errors("server.1=a:2888:3888\nserver.2=a:2888:3889\nserver.3=b:2888:3888"));
        assertEquals(
                List.of(
                        "zoo.cfg:5 server.1=a:1:1: a:1 stands twice in this line. Each port belongs to one server and one use."),
                errors("server.1=a:1:1"));
        assertEquals(
                List.of("zoo.cfg:5 server.1=a:1:2;2: the client port is also a port for servers. Choose another one."),
                errors("server.1=a:1:2;2"));
    }

    @Test
    void oneServerLineRunsAloneAndLendsItsClientPort() {
        Config config = Config.parse("zoo.cfg", "dataDir=/data\nserver.1=a:2888:3888;10.1.1.1:2182\n", Map.of());
        assertEquals(List.of(), config.problems());
        assertEquals(Mode.STANDALONE, config.mode());
        assertEquals(OptionalInt.of(2182), config.clientPort());
        assertEquals(Optional.of("10.1.1.1"), config.clientPortAddress());
    }

    @Test
    void oneServerLineIsAnEnsembleWhenItMayNotRunAlone() {
        assertEquals(
                Mode.QUORUM,
                parse("standaloneEnabled=false\nserver.1=a:2888:3888\n").mode());
        assertEquals(
                List.of(
                        "zoo.cfg:5 standaloneEnabled=false: a server that may not run alone needs server lines. Add server.N=..."
                                + " or remove the line."),
                errors("standaloneEnabled=false"));
    }

    @Test
    void observersNeedVoters() {
        assertEquals(
                List.of(
                        "zoo.cfg:6 server.2=b:1:2:observer: an observer needs voters to follow, at least two of them. Add server"
                                + " lines."),
                errors("server.1=a:1:2\nserver.2=b:1:2:observer"));
    }

    @Test
    void anEnsembleNeedsItsLimits() {
        Config config = Config.parse("zoo.cfg", "dataDir=/d\nserver.1=a:1:2;3\nserver.2=b:1:2;3\n", Map.of());
        assertEquals(
                List.of(
                        Problem.error("initLimit is not set, and an ensemble needs it. Write initLimit=10."),
                        Problem.error("syncLimit is not set, and an ensemble needs it. Write syncLimit=5."),
                        Problem.warning(
                                "the ensemble has 2 voters, which survives no more failures than 1. Use an odd number.")),
                config.problems());
    }

    @Test
    void groupsAndWeightsBelongToServers() {
        String servers = "server.1=a:1:2\nserver.2=b:1:2\nserver.3=c:1:2\n";
        Ensemble ensemble =
                parse(servers + "group.1=1:2\ngroup.2=3\nweight.1=2\n").ensemble();
        assertEquals(Map.of(1L, List.of(1L, 2L), 2L, List.of(3L)), ensemble.groups());
        assertEquals(Map.of(1L, 2L), ensemble.weights());
        assertEquals(
                List.of(
                        "zoo.cfg:10 weight.1=x: x is no whole number of at least 0.",
                        "zoo.cfg:8 group.1=1:9: there is no line server.9.",
                        "zoo.cfg:9 group.2=1: server 1 is in a group already."),
                errors(servers + "group.1=1:9\ngroup.2=1\nweight.1=x\n"));
    }

    @Test
    void onlyOneElectionExists() {
        assertEquals(List.of("zoo.cfg:5 electionAlg=0: expected 3."), errors("electionAlg=0"));
        assertEquals(List.of("zoo.cfg:5 peerType=boss: expected participant or observer."), errors("peerType=boss"));
    }

    @Test
    void membersMayStandInADynamicFile(@TempDir Path directory) throws Exception {
        Path dynamic = Files.writeString(
                directory.resolve("zoo.cfg.dynamic.1a"),
                "server.1=a:1:2;2181\nserver.2=b:1:2;2181\nserver.3=c:1:2;2181\n");
        Path file = Files.writeString(directory.resolve("zoo.cfg"), BASE + "dynamicConfigFile=" + dynamic + "\n");
        Config config = Config.read(List.of(file.toString()), Map.of());
        assertEquals(List.of(), config.problems());
        assertEquals(3, config.ensemble().voterCount());
        assertEquals(
                new Origin.FileLine("zoo.cfg.dynamic.1a", 2),
                config.ensemble().members().get(2L).entry().origin());

        Files.writeString(dynamic, "server.1=a:1:2\nversion=5\ntickTime=1\n");
        Files.writeString(file, BASE + "dynamicConfigFile=" + dynamic + "\nserver.7=a:1:2\n");
        assertEquals(
                List.of(
                        "zoo.cfg:6 server.7=a:1:2: must stand in the dynamic file, because zoo.cfg:5 dynamicConfigFile="
                                + dynamic + ". Move the line there.",
                        "zoo.cfg.dynamic.1a:2 version=5: the version is the ending of the file's name. Remove the line.",
                        "zoo.cfg.dynamic.1a:3 tickTime=1: a dynamic file holds only server, group and weight lines. Move the line"
                                + " to the static file."),
                Problem.errorsOf(Config.read(List.of(file.toString()), Map.of()).problems())
                        .subList(0, 3));

        Files.delete(dynamic);
        assertEquals(
                List.of("zoo.cfg:5 dynamicConfigFile=" + dynamic + ": there is no such file. Check the path."),
                Problem.errorsOf(Config.read(List.of(file.toString()), Map.of()).problems()).stream()
                        .filter(message -> message.contains("no such file"))
                        .toList());
    }
}
