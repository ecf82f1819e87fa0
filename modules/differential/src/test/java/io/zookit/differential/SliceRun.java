package io.zookit.differential;

import io.zookit.model.OpCode;
import io.zookit.model.ZnodePath;
import io.zookit.wire.JuteReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A list of steps from beginning to end: played, the trees of both sides compared by reading them, and everything taken away again. */
final class SliceRun {
    private static final int AT_ONCE = 32;

    private final Duel duel;
    private int played;

    SliceRun(Duel duel) {
        this.duel = duel;
    }

    /** How many steps were played without a difference. */
    int played() {
        return played;
    }

    /**
     * @throws Difference when the sides differ in a step, or in their trees afterwards
     */
    void run(List<Step> steps) throws Difference {
        for (Step step : steps) {
            duel.play(step);
            played++;
        }
        duel.drainAll();
        List<String> paths = compareTrees();
        for (int slot = 0; slot < StepGenerator.CLIENTS; slot++) {
            duel.play(new Step.Request(slot, OpCode.CLOSE_SESSION.code(), new byte[0], "closes its session"));
        }
        clean(paths);
    }

    /** Reads every znode from both sides; returns their paths, parents first. */
    private List<String> compareTrees() throws Difference {
        List<String> paths = new ArrayList<>();
        ArrayDeque<String> unread = new ArrayDeque<>(List.of(ZnodePath.ROOT));
        while (!unread.isEmpty()) {
            List<String> batch = new ArrayList<>();
            while (batch.size() < AT_ONCE && !unread.isEmpty()) {
                batch.add(unread.remove());
            }
            paths.addAll(batch);
            unread.addAll(read(batch));
        }
        return paths;
    }

    /** Compares some znodes; returns the paths of their children. */
    private List<String> read(List<String> paths) throws Difference {
        List<Step.Request> requests = new ArrayList<>();
        for (String path : paths) {
            requests.add(request(OpCode.GET_CHILDREN2, path, RequestBody.pathAndFlag(text(path), false)));
            requests.add(request(OpCode.GET_DATA, path, RequestBody.pathAndFlag(text(path), false)));
            requests.add(request(OpCode.GET_ACL, path, RequestBody.path(text(path))));
        }
        List<Seen> replies = duel.exchange(new Step.Burst(duel.control(), requests), requests);
        List<String> children = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            JuteReader reader = JuteReader.of(replies.get(3 * i).body());
            String parent = paths.get(i);
            reader.readStrings().forEach(name -> children.add(ZnodePath.child(parent, name)));
        }
        return children;
    }

    private void clean(List<String> paths) throws Difference {
        List<String> deepestFirst = new ArrayList<>(paths);
        Collections.reverse(deepestFirst);
        deepestFirst.removeIf(ZnodePath::isReserved);
        for (int from = 0; from < deepestFirst.size(); from += AT_ONCE) {
            List<Step.Request> requests = new ArrayList<>();
            for (String path : deepestFirst.subList(from, Math.min(from + AT_ONCE, deepestFirst.size()))) {
                requests.add(request(OpCode.DELETE, path, RequestBody.pathAndNumber(text(path), -1)));
            }
            duel.exchange(new Step.Burst(duel.control(), requests), requests);
        }
    }

    private Step.Request request(OpCode operation, String path, byte[] body) {
        return new Step.Request(duel.control(), operation.code(), body, operation + " " + path);
    }

    private static RequestBody.Text text(String path) {
        return new RequestBody.Text(path.getBytes(StandardCharsets.UTF_8));
    }
}
