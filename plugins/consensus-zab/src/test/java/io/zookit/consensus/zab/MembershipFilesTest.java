package io.zookit.consensus.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.zookit.zab.Membership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the configuration files after a change of the members. */
class MembershipFilesTest {
    private static final Membership TWO = Membership.parse(
            "server.1=a:1:2:participant;0.0.0.0:2181\nserver.2=b:1:2:participant;0.0.0.0:2181\nversion=500000007");

    @TempDir
    private Path directory;

    private Path config(String text) throws IOException {
        return Files.writeString(directory.resolve("zoo.cfg"), text);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theMembersMoveOutOfTheStaticFileAndTheRestStays() throws IOException {
        String before = "# the cluster\ntickTime=2000\nserver.1 = a:1:2\nserver.2=\\\n  b:1:2\ngroup.1=1:2\n"
                + "weight.1=3\nclientPort=2181\nserver.name=kept\n";
        Path config = config(before);
        new MembershipFiles(config).write(TWO, false);
        Path dynamic = directory.resolve("zoo.cfg.dynamic.500000007");
        assertEquals(
                "# the cluster\ntickTime=2000\nclientPort=2181\nserver.name=kept\ndynamicConfigFile=" + dynamic + "\n",
                Files.readString(config));
        assertEquals(
                "server.1=a:1:2:participant;0.0.0.0:2181\nserver.2=b:1:2:participant;0.0.0.0:2181",
                Files.readString(dynamic));
        assertEquals(before, Files.readString(directory.resolve("zoo.cfg.bak")));
        assertEquals(List.of("zoo.cfg", "zoo.cfg.bak", "zoo.cfg.dynamic.500000007"), names());
    }

    @Test
    void theClientPortMovesAlongWhenTheMembersSayIt() throws IOException {
        Path config = config("clientPort=2181\nclientPortAddress=h\nsecureClientPort=2281\n");
        new MembershipFiles(config).write(TWO, true);
        assertEquals(
                "secureClientPort=2281\ndynamicConfigFile=" + directory.resolve("zoo.cfg.dynamic.500000007") + "\n",
                Files.readString(config));
    }

    @Test
    void theNextVersionReplacesTheNameAndKeepsTheFirstBackup() throws IOException {
        Path config = config("server.1=a:1:2\n");
        MembershipFiles files = new MembershipFiles(config);
        files.write(TWO, false);
        files.write(TWO.withVersion(0x600000001L), false);
        assertEquals(
                "dynamicConfigFile=" + directory.resolve("zoo.cfg.dynamic.600000001") + "\n", Files.readString(config));
        assertEquals("server.1=a:1:2\n", Files.readString(directory.resolve("zoo.cfg.bak")));
    }

    @Test
    void aFileThatIsNotThereHarmsNobody() throws IOException {
        new MembershipFiles(directory.resolve("nowhere").resolve("zoo.cfg")).write(TWO, false);
        assertFalse(Files.exists(directory.resolve("nowhere")));
    }

    @Test
    void theNameOfAFileSaysTheVersion() {
        assertEquals(0x500000007L, MembershipFiles.versionOf("/etc/zoo.cfg.dynamic.500000007"));
        assertEquals(0, MembershipFiles.versionOf("/etc/zoo.cfg.dynamic"));
        assertEquals(0, MembershipFiles.versionOf(""));
    }
}
