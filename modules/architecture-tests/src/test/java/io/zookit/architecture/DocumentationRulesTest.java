package io.zookit.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Rules about the pages in docs/ and the READMEs. */
class DocumentationRulesTest {
    private static final Path ROOT = House.root();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern NAMED =
            Pattern.compile("`((?:docs|deploy|modules|plugins|templates)/[\\w./-]+\\.\\w+)`");

    private static List<Path> pages() {
        List<Path> pages = new ArrayList<>(House.filesBelow(ROOT.resolve("docs"), ".md"));
        for (String name : List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
            pages.add(ROOT.resolve(name));
        }
        return pages;
    }

    /** Reason: a page is found by a link or not at all. */
    @Test
    void everyLinkLeadsToAFile() {
        List<String> violations = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(House.textOf(page));
            while (link.find()) {
                if (!Files.exists(page.resolveSibling(link.group(1)))) {
                    violations.add(ROOT.relativize(page) + " links to " + link.group(1));
                }
            }
        }
        assertEquals("", String.join("\n", violations));
    }

    /** Reason: the same for files that are named by their path, but for pages of decisions, which say how it was then. */
    @Test
    void everyFileThatIsNamedIsThere() {
        List<String> violations = new ArrayList<>();
        for (Path page : pages()) {
            Matcher named = NAMED.matcher(House.textOf(page));
            while (named.find() && !page.getParent().endsWith("decisions")) {
                if (!Files.exists(ROOT.resolve(named.group(1)))) {
                    violations.add(ROOT.relativize(page) + " names " + named.group(1));
                }
            }
        }
        assertEquals("", String.join("\n", violations));
    }

    /** Reason: what the index does not have, nobody reads. */
    @Test
    void theIndexesHaveEveryPage() {
        List<String> violations = new ArrayList<>();
        for (String folder : List.of("docs", "docs/decisions")) {
            String index = House.textOf(ROOT.resolve(folder).resolve("README.md"));
            for (Path page : House.filesBelow(ROOT.resolve(folder), ".md")) {
                String name = page.getFileName().toString();
                if (page.getParent().equals(ROOT.resolve(folder))
                        && !name.equals("README.md")
                        && !index.contains("](" + name + ")")) {
                    violations.add(folder + "/README.md does not link to " + name);
                }
            }
        }
        assertEquals("", String.join("\n", violations));
    }

    /** Reason: a rule that sees nothing holds always. */
    @Test
    void thePagesAreSeen() {
        assertTrue(pages().size() > 30, () -> "pages: " + pages());
    }
}
