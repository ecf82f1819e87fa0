package io.zookit.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a server a four-letter word. */
final class FourLetterWord {
    private static final int LONGEST_WAIT_MILLIS = 10_000;

    private FourLetterWord() {}

    /** The whole answer. */
    static String ask(InetSocketAddress address, String word) throws IOException {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(LONGEST_WAIT_MILLIS);
            socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
