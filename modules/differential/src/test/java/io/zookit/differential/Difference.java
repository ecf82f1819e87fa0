package io.zookit.differential;

import java.util.List;

/** The two sides have behaved differently, and no {@link Deviation} says that they may. */
final class Difference extends Exception {
    private static final long serialVersionUID = 1;

    private Difference(String message) {
        super(message, null, false, false);
    }

    static Difference between(String where, List<Seen> ours, List<Seen> theirs) {
        StringBuilder text = new StringBuilder(where);
        for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
            Seen our = i < ours.size() ? ours.get(i) : null;
            Seen their = i < theirs.size() ? theirs.get(i) : null;
            if (our == null || !our.equals(their)) {
                text.append("\n  Zookit  ").append(our == null ? "nothing" : our);
                text.append("\n  Apache  ").append(their == null ? "nothing" : their);
            }
        }
        return new Difference(text.toString());
    }
}
