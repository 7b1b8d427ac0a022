package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of a test's own: a data folder of its own, a free port of loopback, a password; nothing else on the
 * machine is touched. It takes the newest of Debian's installed servers and runs as the user {@code postgres} where the
 * test runs as root, as root it refuses to start. Not thread-safe.
 */
final class PostgresServer implements AutoCloseable {

    static final String USER = "contacts";
    static final String PASSWORD = "kept-between-us";

    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final String DEBIAN_USER = "postgres";

    private final Path programs;
    private final Path folder;
    private final List<String> asUser;
    private final Thread atExit = new Thread(this::stopQuietly, "postgres-of-a-test");
    private int port;

    private PostgresServer(Path programs, Path folder, List<String> asUser) {
        this.programs = programs;
        this.folder = folder;
        this.asUser = asUser;
    }

    /**
     * Starts a new, empty server; where Debian's package is missing, the test is skipped or, in CI, fails.
     *
     * @param temporary a folder for its data
     */
    static PostgresServer start(Path temporary) throws IOException, InterruptedException {
        Path programs = newestPrograms();
        OutsideProgram.require(programs.resolve("initdb"), "install Debian's package postgresql");
        boolean root = "root".equals(System.getProperty("user.name"));
        PostgresServer server = new PostgresServer(
                programs,
                Files.createDirectory(temporary.resolve("postgres")),
                root
                        ? List.of("setpriv", "--reuid", DEBIAN_USER, "--regid", DEBIAN_USER, "--init-groups", "--")
                        : List.of());
        if (root) {
            // The server's user has to get to its folder, and to that alone.
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
            server.give(server.folder);
        }
        server.initialise();
        server.startOnFreePort();
        Runtime.getRuntime().addShutdownHook(server.atExit);
        return server;
    }

    /** Makes an empty database and returns its address. */
    String database(String name) throws SQLException {
        execute(url("postgres"), "create database " + name);
        return url(name);
    }

    /** The options that let a sample keep its contacts in a database of this server. */
    String[] sampleOptions(String url) {
        return new String[] {
            "--spring.profiles.active=postgres",
            "--spring.datasource.url=" + url,
            "--spring.datasource.username=" + USER,
            "--spring.datasource.password=" + PASSWORD
        };
    }

    void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, USER, PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Stops it at once, whoever is connected; the data stay. */
    void stop() throws IOException, InterruptedException {
        require(programs.resolve("pg_ctl").toString(), "-D", data(), "-m", "fast", "-w", "stop");
    }

    /** Starts it again, on the same port. */
    void restart() throws IOException, InterruptedException {
        FinishedProcess started = startOnPort();
        assertThat(started.exitCode()).as(started.output()).isZero();
    }

    @Override
    public void close() {
        stopQuietly();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void initialise() throws IOException, InterruptedException {
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        if (!asUser.isEmpty()) {
            give(password);
        }
        require(
                programs.resolve("initdb").toString(),
                "--pgdata=" + data(),
                "--username=" + USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync");
    }

    private void startOnFreePort() throws IOException, InterruptedException {
        FinishedProcess started = new FinishedProcess(1, "", "");
        // Between the look for a free port and the start somebody else may take it.
        for (int attempt = 0; attempt < 3 && started.exitCode() != 0; attempt++) {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            started = startOnPort();
        }
        assertThat(started.exitCode()).as(started.output() + started.errors()).isZero();
    }

    private FinishedProcess startOnPort() throws IOException, InterruptedException {
        String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off";
        return run(
                programs.resolve("pg_ctl").toString(),
                "-D",
                data(),
                "-l",
                folder.resolve("log.txt").toString(),
                "-o",
                options,
                "-w",
                "start");
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void stopQuietly() {
        try {
            run(programs.resolve("pg_ctl").toString(), "-D", data(), "-m", "immediate", "-w", "stop");
        } catch (IOException e) {
            System.err.println("PostgreSQL did not stop: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void require(String... command) throws IOException, InterruptedException {
        FinishedProcess finished = run(command);
        assertThat(finished.exitCode())
                .as(finished.output() + finished.errors())
                .isZero();
    }

    private FinishedProcess run(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(asUser);
        all.addAll(List.of(command));
        return FinishedProcess.run(folder, all);
    }

    private void give(Path file) throws IOException {
        UserPrincipal owner =
                file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(DEBIAN_USER);
        Files.setOwner(file, owner);
    }

    private static Path newestPrograms() throws IOException {
        if (!Files.isDirectory(INSTALLED)) {
            return INSTALLED;
        }
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            Optional<Path> newest = versions.filter(
                            version -> version.getFileName().toString().matches("[0-9]{1,3}"))
                    .map(version -> version.resolve("bin"))
                    .filter(programs -> Files.isExecutable(programs.resolve("initdb")))
                    .max(Comparator.comparingInt(programs ->
                            Integer.parseInt(programs.getParent().getFileName().toString())));
            return newest.orElse(INSTALLED);
        }
    }
}
