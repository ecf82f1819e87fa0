package io.zookit.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a running server a four-letter word: what the scripts use to tell its status. */
final class FourLetterWord {
    private static final int TIMEOUT_MILLIS = 5_000;

    private FourLetterWord() {}

    /**
     * @return everything the server answered
     * @throws IOException when nobody answers in time
     */
    static String ask(String host, int port, String word) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
