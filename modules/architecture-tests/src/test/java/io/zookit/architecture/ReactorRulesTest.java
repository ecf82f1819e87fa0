package io.zookit.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Rules about the modules that Maven builds together, as their poms have them. */
class ReactorRulesTest {
    private static final List<String> SKIPS = List.of("maven.install.skip", "maven.deploy.skip");

    /**
     * Reason: the walks of docs/embedding.md and docs/assembling.md begin with {@code mvn install}, and that stops at a module of tests
     * alone, which has no file to install, unless the module says that there is nothing to do.
     */
    @Test
    void everyModuleHasSomethingToInstallOrSaysThatItHasNothing() throws Exception {
        List<String> violations = new ArrayList<>();
        for (Path folder : reactor()) {
            Element pom = pom(folder);
            for (String skip : SKIPS) {
                boolean skips = text(pom, "properties", skip).equals("true");
                if (!skips && !makesArtifact(folder, pom)) {
                    violations.add(folder
                            + "/pom.xml: nothing below src/main, so Maven has nothing to install and stops with an error. "
                            + "Add <" + skip + ">true</" + skip + "> to its properties.");
                }
                if (skips && makesArtifact(folder, pom)) {
                    violations.add(
                            folder + "/pom.xml: " + skip + " keeps what is made of src/main from those who need it.");
                }
            }
        }
        assertEquals("", String.join("\n", violations));
    }

    /** Reason: a rule that sees nothing holds always. */
    @Test
    void theModulesOfBothKindsAreSeen() throws Exception {
        List<Path> reactor = reactor();
        int without = 0;
        for (Path folder : reactor) {
            without += makesArtifact(folder, pom(folder)) ? 0 : 1;
        }
        assertTrue(reactor.size() > 35 && without >= 4, reactor + ", without an artifact: " + without);
    }

    /** A pom is an artifact itself; a jar is made where there is something to put into it. */
    private static boolean makesArtifact(Path folder, Element pom) {
        return text(pom, "packaging").equals("pom")
                || !House.filesBelow(folder.resolve("src/main"), "").isEmpty();
    }

    /** The folders of all modules. */
    private static List<Path> reactor() throws Exception {
        List<Path> folders = new ArrayList<>(List.of(House.root()));
        // By index: the list grows by the modules of each.
        for (int i = 0; i < folders.size(); i++) {
            for (Element modules : children(pom(folders.get(i)), "modules")) {
                for (Element module : children(modules, "module")) {
                    folders.add(folders.get(i).resolve(module.getTextContent().strip()));
                }
            }
        }
        return folders;
    }

    private static Element pom(Path folder) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("pom.xml").toFile())
                .getDocumentElement();
    }

    /** The text at the end of a path of elements, empty when there is none. */
    private static String text(Element from, String... names) {
        Element at = from;
        for (String name : names) {
            List<Element> found = children(at, name);
            if (found.isEmpty()) {
                return "";
            }
            at = found.get(0);
        }
        return at.getTextContent().strip();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
