package io.zookit.tck;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zookit.spi.session.SessionExpiry;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The contract finds implementations that are wrong in the ways that matter. */
class SessionExpiryContractBitesTest {
    /** Passes everything on to a right one. */
    private static class Passing implements SessionExpiry {
        final SessionExpiry right = new ExactExpiry();

        @Override
        public void touch(long sessionId, int timeoutMillis, long nowMillis) {
            right.touch(sessionId, timeoutMillis, nowMillis);
        }

        @Override
        public void remove(long sessionId) {
            right.remove(sessionId);
        }

        @Override
        public void expired(long nowMillis, LongConsumer sessionId) {
            right.expired(nowMillis, sessionId);
        }

        @Override
        public long nextDeadlineMillis() {
            return right.nextDeadlineMillis();
        }

        @Override
        public long deadlineMillis(long sessionId) {
            return right.deadlineMillis(sessionId);
        }
    }

    private static SessionExpiryContract contractOf(Supplier<SessionExpiry> supplier) {
        return new SessionExpiryContract() {
            @Override
            protected SessionExpiry create() {
                return supplier.get();
            }

            @Override
            protected long latenessMillisMax() {
                return 0;
            }
        };
    }

    @Test
    void oneThatExpiresEarlyIsFound() {
        SessionExpiryContract contract = contractOf(() -> new Passing() {
            @Override
            public void expired(long nowMillis, LongConsumer sessionId) {
                right.expired(nowMillis + 1, sessionId);
            }
        });
        assertThrows(AssertionError.class, contract::aSilentSessionIsNamedAfterItsTimeoutAndNotBefore);
        assertThrows(AssertionError.class, contract::randomHistoriesExpireWithinTheAllowedTime);
    }

    @Test
    void oneThatIgnoresRemovalIsFound() {
        SessionExpiryContract contract = contractOf(() -> new Passing() {
            @Override
            public void remove(long sessionId) {}
        });
        assertThrows(AssertionError.class, contract::aRemovedSessionIsNeverNamed);
    }

    @Test
    void oneThatKeepsTheFirstTimeoutIsFound() {
        SessionExpiryContract contract = contractOf(() -> new Passing() {
            @Override
            public void touch(long sessionId, int timeoutMillis, long nowMillis) {
                if (right.deadlineMillis(sessionId) < 0) {
                    right.touch(sessionId, timeoutMillis, nowMillis);
                }
            }
        });
        assertThrows(AssertionError.class, contract::aTouchBeginsTheTimeoutAnew);
        assertThrows(AssertionError.class, contract::theLastTouchDecidesAboutTheTimeout);
    }

    @Test
    void oneThatIsTooLateIsFound() {
        SessionExpiryContract contract = contractOf(() -> new Passing() {
            @Override
            public void touch(long sessionId, int timeoutMillis, long nowMillis) {
                right.touch(sessionId, timeoutMillis, nowMillis + 1);
            }
        });
        assertThrows(AssertionError.class, contract::aSilentSessionIsNamedAfterItsTimeoutAndNotBefore);
    }
}
