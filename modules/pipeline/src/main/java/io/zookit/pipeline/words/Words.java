package io.zookit.pipeline.words;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All words there are, and which of them are allowed. Any thread. */
public final class Words {
    private static final String EVERY_WORD = "*";

    private final Map<Integer, Word> byCode = new HashMap<>();

    /**
     * @param allowed the words of {@code 4lw.commands.whitelist}; {@code *} stands for all
     */
    public Words(Set<String> allowed) {
        boolean all = allowed.contains(EVERY_WORD);
        for (Word word : answered()) {
            byCode.put(code(word.name()), all || allowed.contains(word.name()) ? word : FixedWord.forbidden(word));
        }
    }

    private static List<Word> answered() {
        TraceMask traces = new TraceMask();
        return List.of(
                new ConfWord(),
                new ConsWord(),
                new CrstWord(),
                new DirsWord(),
                new DumpWord(),
                new EnviWord(),
                traces.gtmk(),
                new HashWord(),
                new IsroWord(),
                new MntrWord(),
                new FixedWord("ruok", "imok"),
                new SrstWord(),
                new SrvrWord(),
                new StatWord(),
                traces.stmk(),
                new WchcWord(),
                new WchpWord(),
                new WchsWord());
    }

    private static int code(String name) {
        return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)).getInt();
    }

    /** Whether the first four bytes of a connection are a word and not the length of a frame. */
    public boolean isWord(int code) {
        return byCode.containsKey(code);
    }

    /**
     * The word of a code, or one that says that it is not allowed.
     *
     * @param code one that {@link #isWord} knows
     */
    public Word word(int code) {
        Word word = byCode.get(code);
        if (word == null) {
            throw new IllegalArgumentException("no word has the code " + code);
        }
        return word;
    }
}
