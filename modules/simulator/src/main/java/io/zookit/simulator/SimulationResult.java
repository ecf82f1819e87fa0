package io.zookit.simulator;

import java.util.Map;

/**
 * What a run without a broken rule did.
 *
 * @param steps things that happened
 * @param recoveries crashes beside the run that were recovered from and checked
 * @param committed transactions that counted
 * @param answered operations of clients that were answered and checked
 * @param undecidedHistories histories of znodes that were too tangled to be decided
 * @param counts how often each kind of thing happened
 * @param traceHash of everything that happened
 */
public record SimulationResult(
        long steps,
        long recoveries,
        long committed,
        long answered,
        long undecidedHistories,
        Map<String, Long> counts,
        long traceHash) {}
