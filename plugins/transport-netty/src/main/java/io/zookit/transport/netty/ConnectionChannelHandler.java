package io.zookit.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.zookit.spi.transport.PeerFacts;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last step of a channel: turns Netty's events into calls on a {@link NettyConnection}. Used by the channel's loop. */
final class ConnectionChannelHandler extends ChannelInboundHandlerAdapter {
    private final LoopRound round;
    private final NettySettings settings;
    private @Nullable NettyConnection connection;

    ConnectionChannelHandler(LoopRound round, NettySettings settings) {
        this.round = round;
        this.settings = settings;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        SocketAddress remote = context.channel().remoteAddress();
        SocketAddress local = context.channel().localAddress();
        if (remote instanceof InetSocketAddress from && local instanceof InetSocketAddress to) {
            NettyConnection opened = new NettyConnection(context, round, settings, new PeerFacts(from, to, List.of()));
            connection = opened;
            opened.open();
        } else {
            // The other side was gone before we looked: there is nobody to serve.
            var unused = context.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (connection != null) {
                connection.arrived(bytes);
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent && connection != null) {
            connection.inputEnded();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (connection != null) {
            connection.gone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (connection != null) {
            connection.failed(failure);
        } else {
            var unused = context.close();
        }
    }
}
