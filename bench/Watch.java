import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at running copies as many people with an open page do: event streams, and questions for a job's state at a steady rate. Usage:
 * {@code java Watch.java PORT STREAMS REQUESTS_PER_SECOND FLAG}; it looks while the file FLAG is there, and says after each copy what it saw.
 */
final class Watch {
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

    private final int port;
    private final int streams;
    private final int perSecond;
    private final Path flag;

    private Watch(String[] args) {
        port = Integer.parseInt(args[0]);
        streams = Integer.parseInt(args[1]);
        perSecond = Integer.parseInt(args[2]);
        flag = Path.of(args[3]);
    }

    public static void main(String[] args) throws Exception {
        Watch watch = new Watch(args);
        while (true) {
            LockSupport.parkNanos(20_000_000);
            if (Files.exists(watch.flag)) {
                watch.look();
            }
        }
    }

    private void look() throws Exception {
        try (Asking asking = new Asking(port)) {
            Matcher found = ID.matcher(asking.get("/api/v1/copy-jobs?state=RUNNING&limit=1"));
            if (!found.find()) {
                return;
            }
            String id = found.group(1);
            long begun = System.nanoTime();
            Streams watched = new Streams(port, id, streams);
            watched.setDaemon(true);
            watched.start();
            long asked = 0;
            while (Files.exists(flag)) {
                asking.get("/api/v1/copy-jobs/" + id);
                asked++;
                long due = begun + asked * 1_000_000_000L / perSecond;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            watched.join(5_000);
            System.out.printf(
                    "%.0f requests a second over %.1f s; %d streams got %d events and %d ends%n",
                    asked / seconds, seconds, streams, watched.events, watched.ends);
        }
    }

    /** One connection that is kept. */
    private static final class Asking implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;

        Asking(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        }

        String get(String path) throws IOException {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            int length = -1;
            boolean first = true;
            for (String line = line(); !line.isEmpty(); line = line()) {
                if (first && !line.contains(" 200 ")) {
                    throw new IOException("answered " + line);
                }
                first = false;
                if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).trim());
                }
            }
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int read = in.read(); read != '\n'; read = in.read()) {
                if (read < 0) {
                    throw new IOException("the connection was closed");
                }
                if (read != '\r') {
                    line.append((char) read);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** Many streams, read by one thread. */
    private static final class Streams extends Thread {
        private final Selector selector = Selector.open();
        private final List<SocketChannel> channels = new ArrayList<>();
        private volatile long events;
        private volatile int ends;

        Streams(int port, String id, int count) throws IOException {
            byte[] request = ("GET /api/v1/copy-jobs/" + id
                            + "/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < count; i++) {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
                channel.write(ByteBuffer.wrap(request));
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ);
                channels.add(channel);
            }
        }

        @Override
        public void run() {
            ByteBuffer buffer = ByteBuffer.allocate(65_536);
            try {
                while (ends < channels.size()) {
                    selector.select();
                    for (SelectionKey key : selector.selectedKeys()) {
                        buffer.clear();
                        if (((SocketChannel) key.channel()).read(buffer) < 0) {
                            key.cancel();
                            continue;
                        }
                        String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
                        events += text.split("\nevent: |^event: ", -1).length - 1;
                        if (text.contains("event: END")) {
                            ends++;
                        }
                    }
                    selector.selectedKeys().clear();
                }
                for (SocketChannel channel : channels) {
                    channel.close();
                }
            } catch (IOException e) {
                System.out.println("a stream broke: " + e);
            }
        }
    }
}
