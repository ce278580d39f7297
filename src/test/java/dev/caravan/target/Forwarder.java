package dev.caravan.target;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Another port that leads to a server, until nothing passes any more and nobody says so. */
final class Forwarder implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int to;
    private final Optional<String> last;
    private volatile boolean silent;

    Forwarder(int to) throws IOException {
        this(to, Optional.empty());
    }

    private Forwarder(int to, Optional<String> last) throws IOException {
        this.to = to;
        this.last = last;
        start(this::accept);
    }

    /** Falls silent, on every connection, when a client first sends something that contains these words. */
    static Forwarder silentFrom(String words, int to) throws IOException {
        return new Forwarder(to, Optional.of(words));
    }

    int port() {
        return listener.getLocalPort();
    }

    boolean silent() {
        return silent;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
                start(() -> pump(client, server));
                start(() -> pump(server, client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] chunk = new byte[1 << 16];
        try (from;
                to) {
            for (int read; (read = from.getInputStream().read(chunk)) > 0; ) {
                String sent = new String(chunk, 0, read, StandardCharsets.ISO_8859_1);
                silent |= last.filter(sent::contains).isPresent();
                if (!silent) {
                    to.getOutputStream().write(chunk, 0, read);
                }
            }
        } catch (IOException e) {
            // One side has hung up, and so does the other.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
