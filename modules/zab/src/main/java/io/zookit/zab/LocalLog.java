package io.zookit.zab;

import io.zookit.model.Check;
import io.zookit.model.Zxid;

/**
 * This server's history and how much of it is durable. Cutting it and replacing it take the storage a while; nothing is appended
 * meanwhile, and what the storage says about earlier appends is not taken for news.
 */
final class LocalLog {
    /** What the storage is at, beside appending. */
    enum Work {
        NONE,
        TRUNCATING,
        RELOADING,
        INSTALLING
    }

    private final ZabEffects effects;
    private final RecentLog recent;

    /** The history up to some transaction of the newest epoch; {@link #lastZxid} says how much longer it is by now. */
    private History base;

    private long lastZxid;
    private long durableZxid;
    private Work work = Work.NONE;

    LocalLog(ZabSettings settings, History stored, ZabEffects effects) {
        this.effects = effects;
        this.base = stored;
        this.lastZxid = stored.lastZxid();
        this.durableZxid = lastZxid;
        this.recent = new RecentLog(settings.historyTransactionsMax(), settings.historyBytesMax(), lastZxid);
    }

    RecentLog recent() {
        return recent;
    }

    /** The newest transaction that was appended. */
    long lastZxid() {
        return lastZxid;
    }

    /** The newest one that is durable. */
    long durableZxid() {
        return durableZxid;
    }

    boolean isDurable() {
        return durableZxid == lastZxid;
    }

    boolean isBusy() {
        return work != Work.NONE;
    }

    Work work() {
        return work;
    }

    History history() {
        return lastZxid == base.lastZxid() ? base : base.with(lastZxid);
    }

    void append(long zxid, byte[] record) {
        Check.state(!isBusy(), "nothing is appended while the log is cut or replaced");
        if (!History.follows(zxid, lastZxid)) {
            throw new IllegalStateException(
                    Zxid.text(zxid) + " does not follow " + Zxid.text(lastZxid) + " in the log");
        }
        if (Zxid.epoch(zxid) != Zxid.epoch(lastZxid)) {
            base = history();
        }
        lastZxid = zxid;
        recent.add(zxid, record);
        effects.append(zxid, record);
    }

    /** The storage reports; whether anything is durable now that was not. */
    boolean appended(long zxid) {
        if (isBusy() || zxid <= durableZxid) {
            return false;
        }
        Check.state(zxid <= lastZxid, "the storage says something is durable that was never appended");
        durableZxid = zxid;
        return true;
    }

    void truncate(long zxid) {
        Check.state(!isBusy(), "the log is cut while it is cut or replaced");
        work = Work.TRUNCATING;
        effects.truncate(zxid);
    }

    void truncated(long zxid) {
        Check.state(work == Work.TRUNCATING, "the storage says it cut the log; nobody asked");
        Check.state(zxid <= lastZxid, "the log is longer after it was cut than before");
        base = history().upTo(zxid);
        lastZxid = zxid;
        durableZxid = zxid;
        recent.truncate(zxid);
        work = Work.RELOADING;
        effects.reload();
    }

    void reloaded() {
        Check.state(work == Work.RELOADING, "the storage says the state was reloaded; nobody asked");
        work = Work.NONE;
    }

    void install(long link, long zxid) {
        Check.state(!isBusy(), "a snapshot is installed while the log is cut or replaced");
        work = Work.INSTALLING;
        effects.installSnapshot(link, zxid);
    }

    void installed(long zxid) {
        Check.state(work == Work.INSTALLING, "the storage says a snapshot was installed; nobody asked");
        base = History.startingAt(zxid);
        lastZxid = zxid;
        durableZxid = zxid;
        recent.restart(zxid);
        work = Work.NONE;
    }

    void abandoned() {
        Check.state(work == Work.INSTALLING, "the storage says a snapshot was abandoned; nobody asked for one");
        work = Work.NONE;
    }

    /** The log on disk has forgotten what stands before and at a zxid. */
    void purged(long afterZxid) {
        if (!isBusy() && afterZxid > base.afterZxid() && afterZxid <= lastZxid) {
            base = history().after(afterZxid);
        }
    }
}
