package io.zookit.pipeline;

import io.zookit.pipeline.operation.Limit;
import io.zookit.pipeline.words.MachineFacts;
import io.zookit.spi.consensus.EnsembleFacts;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The numbers of {@code mntr}, under the names that monitoring knows. What has no meaning here is left out rather than made up:
 * queues between processors that this server does not have, links to other servers, caches of replies.
 */
final class Metrics {
    private Metrics() {}

    /** All numbers, in the order in which they are printed. */
    static Map<String, Number> of(PipelineFacts facts, MachineFacts machine) {
        Map<String, Number> metrics = new LinkedHashMap<>();
        gauges(metrics, facts, machine);
        counters(metrics, facts);
        summaries(metrics, facts.statistics(), facts.start());
        // Names of our own come last; those above stay where they are.
        facts.stages().limits().counts().forEach(metrics::putIfAbsent);
        return metrics;
    }

    private static void gauges(Map<String, Number> metrics, PipelineFacts facts, MachineFacts machine) {
        Statistics statistics = facts.statistics();
        EnsembleFacts ensemble = machine.ensemble();
        EnsembleFacts led = facts.leadsOthers() ? ensemble : null;
        metrics.put("ephemerals_count", facts.state().tree().ephemeralCount());
        metrics.put("num_alive_connections", facts.connectionCount());
        metrics.put("avg_latency", facts.latency().average());
        if (led != null) {
            metrics.put("min_proposal_size", statistics.proposalSizes().min());
        }
        metrics.put("outstanding_requests", facts.outstanding());
        metrics.put("znode_count", facts.nodeCount());
        metrics.put("global_sessions", facts.state().sessions().size());
        metrics.put("last_client_response_size", statistics.lastResponseBytes());
        metrics.put("packets_sent", facts.sent());
        metrics.put("packets_received", facts.received());
        if (led != null) {
            metrics.put("max_proposal_size", statistics.proposalSizes().max());
        }
        metrics.put("max_client_response_size", statistics.responseBytes().max());
        if (led != null) {
            metrics.put("synced_followers", led.syncedFollowers());
        }
        metrics.put("watch_count", facts.watchTotals().watches());
        if (led != null) {
            metrics.put("synced_non_voting_followers", led.syncedNonVotingFollowers());
            metrics.put("synced_observers", led.syncedObservers());
        }
        metrics.put("min_latency", facts.latency().min());
        if (machine.openFilesMax() >= 0) {
            metrics.put("max_file_descriptor_count", machine.openFilesMax());
        }
        metrics.put("approximate_data_size", facts.state().tree().approximateDataBytes());
        if (machine.openFiles() >= 0) {
            metrics.put("open_file_descriptor_count", machine.openFiles());
        }
        if (led != null) {
            metrics.put("last_proposal_size", statistics.proposalSizes().last());
            metrics.put("pending_syncs", led.pendingSyncs());
            metrics.put("leader_uptime", facts.roleMillis());
        }
        metrics.put("local_sessions", facts.localSessionCount());
        metrics.put("uptime", facts.uptimeMillis());
        metrics.put("max_latency", facts.latency().max());
        if (led != null) {
            metrics.put("learners", led.learners());
        }
        metrics.put("min_client_response_size", statistics.responseBytes().min());
        if (ensemble != null) {
            metrics.put("quorum_size", ensemble.voters());
        }
    }

    private static void counters(Map<String, Number> metrics, PipelineFacts facts) {
        Statistics statistics = facts.statistics();
        LimitBites limits = facts.stages().limits();
        metrics.put("watch_bytes", statistics.watchBytes());
        metrics.put(Limit.STALE.counter(), limits.count(Limit.STALE));
        metrics.put(Limit.WAITING_TIME.counter(), limits.count(Limit.WAITING_TIME));
        metrics.put(
                "connection_rejected",
                limits.count(Limit.CONNECTIONS_PER_ADDRESS)
                        + limits.count(Limit.CONNECTIONS)
                        + limits.count(Limit.CONNECTION_RATE));
        metrics.put("sessionless_connections_expired", statistics.connectionsWithoutSessionExpired());
        metrics.put("bytes_received_count", facts.bytesReceived() - statistics.bytesBeforeReset());
        metrics.put(Limit.REQUESTS.counter(), limits.count(Limit.REQUESTS));
        metrics.put("response_bytes", statistics.responseBytes().sum());
        metrics.put("digest_mismatches_count", facts.digestMismatches());
        metrics.put("connection_request_count", statistics.connectRequests());
        metrics.put("stale_sessions_expired", statistics.sessionsExpired());
    }

    private static void summaries(Map<String, Number> metrics, Statistics statistics, PipelineFacts.StartFacts start) {
        statistics.createdWatches().writeTo(metrics, "node_created_watch_count");
        statistics.deletedWatches().writeTo(metrics, "node_deleted_watch_count");
        statistics.syncMillis().writeTo(metrics, "fsynctime");
        statistics.snapshotMillis().writeTo(metrics, "snapshottime");
        once(start.replayed()).writeTo(metrics, "startup_txns_loaded");
        once(start.tookMillis()).writeTo(metrics, "dbinittime");
        statistics.syncBatch().writeTo(metrics, "sync_processor_batch_size");
        statistics.childrenWatches().writeTo(metrics, "node_children_watch_count");
        statistics.changedWatches().writeTo(metrics, "node_changed_watch_count");
        statistics.updateLatency().writeTo(metrics, "updatelatency");
        statistics.readLatency().writeTo(metrics, "readlatency");
    }

    /** What happens once, at the start. */
    private static Summary once(long value) {
        Summary summary = new Summary();
        summary.add(value);
        return summary;
    }
}
