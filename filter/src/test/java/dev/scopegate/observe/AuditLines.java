package dev.scopegate.observe;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.scopegate.CapturedLog;
import java.text.ParseException;
import java.util.List;
import java.util.Map;

/** The audit log, read line by line as those read it who keep it. */
public final class AuditLines {

    private static final String BEFORE = "INFO " + AuditLog.LOGGER + " - ";

    private AuditLines() {}

    /** What {@code work} wrote. */
    public static List<Map<String, Object>> during(Runnable work) {
        return in(CapturedLog.during(work));
    }

    /** What stands in a log among other lines. */
    public static List<Map<String, Object>> in(String log) {
        return log.lines()
                .filter(line -> line.contains(BEFORE))
                .map(line -> parsed(line.substring(line.indexOf(BEFORE) + BEFORE.length())))
                .toList();
    }

    static Map<String, Object> parsed(String line) {
        try {
            return JSONObjectUtils.parse(line);
        } catch (ParseException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }
}
