package dev.scopegate.bench.page;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where, when and of what the figures were measured. Immutable.
 *
 * @param machine processor, number of cores, operating system, and how busy it was
 * @param jdk name and version
 * @param date the day, in UTC
 * @param commit what was measured
 * @param versions of the peers and the container, by artifact
 */
record RunFacts(String machine, String jdk, String date, String commit, String versions) {

    private static final String FILE = "facts.json";
    private static final List<String> PEERS = List.of(
            "spring-security-oauth2-resource-server",
            "nimbus-jose-jwt",
            "jose4j",
            "java-jwt",
            "AmazonCorrettoCryptoProvider",
            "conscrypt-openjdk-uber",
            "tomcat-embed-core",
            "jmh-core");
    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[\\d.]*)(-.*)?\\.jar");

    /** Writes down the facts of this JVM and machine; takes the folder of the results, and the commit. */
    public static void main(String[] arguments) throws IOException {
        RunFacts facts = new RunFacts(
                thisMachine(),
                "JDK " + Runtime.version().feature() + " (" + System.getProperty("java.vendor") + ", "
                        + Runtime.version() + ")",
                LocalDate.now(ZoneOffset.UTC).toString(),
                arguments[1],
                versionsInUse());
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("machine", facts.machine);
        members.put("jdk", facts.jdk);
        members.put("date", facts.date);
        members.put("commit", facts.commit);
        members.put("versions", facts.versions);
        Files.writeString(Path.of(arguments[0], FILE), JSONObjectUtils.toJSONString(members));
    }

    /** The facts of the results in {@code folder}. */
    static RunFacts read(Path folder) throws IOException {
        try {
            Map<String, Object> members = JSONObjectUtils.parse(Files.readString(folder.resolve(FILE)));
            return new RunFacts(
                    JSONObjectUtils.getString(members, "machine"),
                    JSONObjectUtils.getString(members, "jdk"),
                    JSONObjectUtils.getString(members, "date"),
                    JSONObjectUtils.getString(members, "commit"),
                    JSONObjectUtils.getString(members, "versions"));
        } catch (ParseException unreadable) {
            throw new IOException(folder + " holds no facts", unreadable);
        }
    }

    private static String thisMachine() throws IOException {
        return field("/proc/cpuinfo", "model name\\s*:\\s*(.*)") + ", "
                + Runtime.getRuntime().availableProcessors() + " cores, "
                + field("/etc/os-release", "PRETTY_NAME=\"(.*)\"")
                + String.format(
                        Locale.ROOT,
                        ", load average %.1f before the start",
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String field(String file, String pattern) throws IOException {
        Path path = Path.of(file);
        Matcher matcher = Pattern.compile(pattern).matcher(Files.exists(path) ? Files.readString(path) : "");
        return matcher.find() ? matcher.group(1).strip() : System.getProperty("os.name");
    }

    private static String versionsInUse() {
        Map<String, String> found = Arrays.stream(
                        System.getProperty("java.class.path").split(":", -1))
                .map(entry -> JAR.matcher(String.valueOf(Path.of(entry).getFileName())))
                .filter(Matcher::matches)
                .collect(Collectors.toMap(jar -> jar.group(1), jar -> jar.group(2), (one, other) -> one));
        return PEERS.stream()
                .flatMap(name -> Stream.ofNullable(found.get(name)).map(version -> name + " " + version))
                .collect(Collectors.joining(", "));
    }
}
