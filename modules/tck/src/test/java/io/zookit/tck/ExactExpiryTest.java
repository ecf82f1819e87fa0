package io.zookit.tck;

import io.zookit.spi.session.SessionExpiry;

class ExactExpiryTest extends SessionExpiryContract {
    @Override
    protected SessionExpiry create() {
        return new ExactExpiry();
    }

    @Override
    protected long latenessMillisMax() {
        return 0;
    }
}
