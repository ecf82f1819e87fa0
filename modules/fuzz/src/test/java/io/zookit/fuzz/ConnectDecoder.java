package io.zookit.fuzz;

import io.zookit.wire.ConnectRequest;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;

/** The first frame of a client. */
final class ConnectDecoder implements Decoder<ConnectRequest> {
    @Override
    public String name() {
        return "a connect request";
    }

    @Override
    public ConnectRequest decode(JuteReader input) {
        return ConnectRequest.read(input);
    }

    @Override
    public void encode(ConnectRequest value, JuteWriter output) {
        output.writeInt(value.protocolVersion());
        output.writeLong(value.lastZxidSeen());
        output.writeInt(value.timeoutMillis());
        output.writeLong(value.sessionId());
        output.writeBuffer(value.password());
        if (value.hasReadOnly()) {
            output.writeBoolean(value.readOnly());
        }
    }
}
