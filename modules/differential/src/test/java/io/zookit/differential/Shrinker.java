package io.zookit.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds a shorter list of steps that still differs, by leaving out ever smaller parts. */
final class Shrinker {
    private final Predicate<List<Step>> differs;
    private int trialsLeft;

    /**
     * @param differs plays steps to fresh servers and says whether they differ
     * @param trialsMax how often it may be asked
     */
    Shrinker(Predicate<List<Step>> differs, int trialsMax) {
        this.differs = differs;
        this.trialsLeft = trialsMax;
    }

    /** The shortest list found; the given one when nothing can be left out. */
    List<Step> shortest(List<Step> steps) {
        List<Step> shortest = steps;
        int part = Math.max(1, shortest.size() / 2);
        while (trialsLeft > 0) {
            List<Step> shorter = withoutSomePart(shortest, part);
            if (shorter.size() < shortest.size()) {
                shortest = shorter;
            } else if (part == 1) {
                return shortest;
            } else {
                part /= 2;
            }
        }
        return shortest;
    }

    /** Walks from the end, because what led to a difference is mostly near it. */
    private List<Step> withoutSomePart(List<Step> steps, int part) {
        List<Step> kept = steps;
        for (int end = steps.size(); end > 0 && trialsLeft > 0; end -= part) {
            List<Step> shorter = new ArrayList<>(kept.subList(0, Math.max(0, end - part)));
            shorter.addAll(kept.subList(end, kept.size()));
            trialsLeft--;
            if (differs.test(shorter)) {
                kept = shorter;
            }
        }
        return kept;
    }
}
