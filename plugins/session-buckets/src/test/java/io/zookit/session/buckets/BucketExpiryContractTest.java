package io.zookit.session.buckets;

import io.zookit.spi.session.SessionExpiry;
import io.zookit.tck.SessionExpiryContract;
import org.junit.jupiter.api.Nested;

/** The contract at the intervals that servers use, and at those that make rounding go wrong. */
class BucketExpiryContractTest {
    private abstract static class WithInterval extends SessionExpiryContract {
        private final int intervalMillis;

        WithInterval(int intervalMillis) {
            this.intervalMillis = intervalMillis;
        }

        @Override
        protected SessionExpiry create() {
            return new BucketExpiry(intervalMillis);
        }

        @Override
        protected long latenessMillisMax() {
            return intervalMillis;
        }
    }

    @Nested
    class EveryMillisecond extends WithInterval {
        EveryMillisecond() {
            super(1);
        }
    }

    @Nested
    class AnOddInterval extends WithInterval {
        AnOddInterval() {
            super(777);
        }
    }

    @Nested
    class TheUsualInterval extends WithInterval {
        TheUsualInterval() {
            super(3_000);
        }
    }
}
