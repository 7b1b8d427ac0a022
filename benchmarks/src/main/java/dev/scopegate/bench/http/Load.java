package dev.scopegate.bench.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Requests to one API over a few connections, each of which sends the next request as soon as it has its answer. Not thread-safe. */
final class Load implements AutoCloseable {

    private static final int CONNECTIONS = 4;
    private static final double NANOS_PER_MICRO = 1_000;

    /**
     * What came of it.
     *
     * @param requests how many
     * @param cpuMicros CPU time of the server for each
     * @param p50Micros half of them took less
     * @param p99Micros all but a hundredth took less
     */
    record Measured(long requests, double cpuMicros, double p50Micros, double p99Micros) {

        Map<String, Object> members() {
            return Map.of("requests", requests, "cpu", cpuMicros, "p50", p50Micros, "p99", p99Micros);
        }
    }

    private final ServerProcess server;
    private final List<byte[]> requests;
    private final List<Connection> connections = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);

    Load(ServerProcess server, Api api, List<String> tokens) throws IOException {
        this.server = server;
        requests = Connection.requests(api, tokens);
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.add(new Connection(server.port()));
        }
    }

    /** Goes on for {@code time}. */
    Measured run(Duration time) throws IOException {
        long cpu = server.cpuNanos();
        long end = System.nanoTime() + time.toNanos();
        List<Callable<long[]>> tasks = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Connection connection = connections.get(i);
            int first = i * requests.size() / CONNECTIONS;
            tasks.add(() -> exchange(connection, first, end));
        }
        long[] latencies = joined(tasks);
        double spent = server.cpuNanos() - cpu;
        Arrays.sort(latencies);
        return new Measured(
                latencies.length,
                spent / latencies.length / NANOS_PER_MICRO,
                latencies[latencies.length / 2] / NANOS_PER_MICRO,
                latencies[(int) (latencies.length * 0.99)] / NANOS_PER_MICRO);
    }

    private long[] exchange(Connection connection, int first, long end) throws IOException {
        long[] latencies = new long[1 << 14];
        int count = 0;
        int next = first;
        for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
            connection.exchange(requests.get(next));
            next = next + 1 < requests.size() ? next + 1 : 0;
            if (count == latencies.length) {
                latencies = Arrays.copyOf(latencies, count * 2);
            }
            latencies[count++] = System.nanoTime() - start;
        }
        return Arrays.copyOf(latencies, count);
    }

    private long[] joined(List<Callable<long[]>> tasks) throws IOException {
        try {
            long[] all = new long[0];
            for (Future<long[]> done : threads.invokeAll(tasks)) {
                long[] some = done.get();
                int before = all.length;
                all = Arrays.copyOf(all, before + some.length);
                System.arraycopy(some, 0, all, before, some.length);
            }
            return all;
        } catch (ExecutionException failed) {
            throw new IOException("the load could not go on", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
