package io.zookit.cli;

import java.io.PrintWriter;

/** One line that counts, for somebody who waits. */
final class Progress {
    private static final int STEP = 50_000;

    private final PrintWriter out;
    private final String what;
    private long count;

    Progress(PrintWriter out, String what) {
        this.out = out;
        this.what = what;
    }

    void one() {
        count++;
        if (count % STEP == 0) {
            out.print("\r" + count + " " + what);
            out.flush();
        }
    }

    /** The last word, on a line of its own. */
    void end() {
        out.println((count >= STEP ? "\r" : "") + count + " " + what);
        out.flush();
    }
}
