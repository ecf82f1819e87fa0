package io.zookit.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.util.Map;

/**
 * Builds the steps of an accepted channel. A step that changes the bytes, such as encryption, goes before the last one and keeps
 * Netty's own receive buffers; the loop's shared buffer is only for a channel whose bytes go straight to the last step.
 */
final class ConnectionInitializer extends ChannelInitializer<Channel> {
    private final Map<EventLoop, LoopRound> rounds;
    private final NettySettings settings;

    ConnectionInitializer(Map<EventLoop, LoopRound> rounds, NettySettings settings) {
        this.rounds = rounds;
        this.settings = settings;
    }

    @Override
    protected void initChannel(Channel channel) {
        LoopRound round = rounds.get(channel.eventLoop());
        if (round == null) {
            throw new IllegalStateException("A channel was registered on a loop of another transport");
        }
        channel.config().setRecvByteBufAllocator(round.receiveBuffer());
        channel.pipeline().addLast(new ConnectionChannelHandler(round, settings));
    }
}
