package io.zookit.storage.files;

import io.zookit.disk.DiskFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** A file from its beginning to its end, for packers that want streams. Closing a stream leaves the file open. */
final class DiskStreams {
    private DiskStreams() {}

    static InputStream input(DiskFile file) {
        return new InputStream() {
            private long offset;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int from, int count) throws IOException {
                int read = file.read(ByteBuffer.wrap(into, from, count), offset);
                offset += read;
                return read == 0 && count > 0 ? -1 : read;
            }

            @Override
            public int available() throws IOException {
                // Packed files in several pieces are only read on when there seems to be more.
                return (int) Math.min(Integer.MAX_VALUE, file.length() - offset);
            }
        };
    }

    static OutputStream output(DiskFile file) {
        return new OutputStream() {
            private long offset;

            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                file.write(ByteBuffer.wrap(bytes, from, count), offset);
                offset += count;
            }
        };
    }
}
