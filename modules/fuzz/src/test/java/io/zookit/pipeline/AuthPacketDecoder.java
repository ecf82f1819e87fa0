package io.zookit.pipeline;

import io.zookit.fuzz.Decoder;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;

/** Auth packets, after their header. */
public final class AuthPacketDecoder implements Decoder<Object> {
    /** The only one. */
    public AuthPacketDecoder() {}

    @Override
    public String name() {
        return "an auth packet";
    }

    @Override
    public Object decode(JuteReader input) {
        return AuthenticateStage.Packet.read(7, input);
    }

    @Override
    public void encode(Object value, JuteWriter output) {
        AuthenticateStage.Packet packet = (AuthenticateStage.Packet) value;
        output.writeInt(0);
        output.writeString(packet.scheme());
        output.writeBuffer(packet.credentials());
    }
}
