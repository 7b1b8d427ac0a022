package dev.scopegate.container.differential;

import static dev.scopegate.container.differential.RequestLines.judged;
import static dev.scopegate.container.differential.RequestLines.reach;
import static dev.scopegate.container.differential.RequestLines.refused;

import java.util.stream.Stream;

/** Rows that one reader may take for a protected path and another one for something else. */
final class HostileSpellings {

    private HostileSpellings() {}

    static Stream<RequestLine> all() {
        return Stream.of(
                        parameters(),
                        slashes(),
                        dotSegments(),
                        encodedDots(),
                        separators(),
                        controls(),
                        spaces(),
                        rules(),
                        lengths())
                .flatMap(rows -> rows);
    }

    private static Stream<RequestLine> parameters() {
        return refused(
                "A101 path parameters",
                "/admin;x=1/users",
                "/admin/;/users",
                "/admin;jsessionid=1",
                "/admin;",
                "/;/admin",
                "/;x/admin",
                "/admin/users;v=1",
                "/admin/users;v=a%2fb",
                "/public;/../admin",
                "/public/;/../admin",
                "/public;/admin",
                "/adm;x/in",
                "/admin;%2f..",
                "/admin;/..",
                "/api;x/admin",
                "/api/admin;x",
                "/orders/list.do;jsessionid=1",
                "/orders/list;x.do",
                "/files;x/a",
                "/admin%3bx",
                "/admin%3Bjsessionid=1/users",
                "/;jsessionid=1",
                "/vault;x",
                "/admin;a=1;b=2,c");
    }

    private static Stream<RequestLine> slashes() {
        return refused(
                "A103 slashes",
                "//admin",
                "/api//admin",
                "///admin/",
                "//admin/users",
                "/admin//",
                "/admin//users",
                "/public//admin",
                "/public//../admin",
                "//public/../admin",
                "////admin",
                "//127.0.0.1/admin",
                "/api/public//../admin",
                "/orders//list.do",
                "/files//a",
                "/vault//",
                "//");
    }

    private static Stream<RequestLine> dotSegments() {
        return refused(
                "A104 dot segments",
                "/public/../admin",
                "/./admin",
                "/admin/.",
                "/admin/./users",
                "/admin/..",
                "/admin/../admin",
                "/public/../../admin",
                "/../admin",
                "/public/x/../../admin",
                "/public/..;/admin",
                "/public/..;x=1/admin",
                "/admin/..;/public",
                "/.;/admin",
                "/public/.;/../admin",
                "/public/..//admin",
                "/api/public/../admin",
                "/api/public/..;/admin",
                "/api/./admin",
                "/public/.../../admin",
                "/public/..?/admin",
                "/orders/../files/x",
                "/orders/../orders/list.do",
                "/reports/1/status/../../private",
                "/PUBLIC/../admin",
                "/vault/..",
                "/vault/.",
                "/..",
                "/.",
                "/public/../WEB-INF/scopegate.yaml");
    }

    private static Stream<RequestLine> encodedDots() {
        return refused(
                "A104 encoded dot segments",
                "/public/%2e%2e/admin",
                "/public/%2E./admin",
                "/public/.%2e/admin",
                "/public/%2e%2e;/admin",
                "/public/%2e%2e%2fadmin",
                "/public/..%2fadmin",
                "/public/..%5cadmin",
                "/public/%2e%2e\\admin",
                "/%2e/admin",
                "/%2e%2e/admin",
                "/%2e%2e%2f%2e%2e%2fadmin",
                "/admin/%2e",
                "/admin/%2e%2e",
                "/public/..%00/admin",
                "/api/%2e/admin",
                "/files/%2e%2e/admin");
    }

    private static Stream<RequestLine> separators() {
        return refused(
                "A105 encoded and other separators",
                "/admin%2fusers",
                "/admin%2Fusers",
                "/admin%2f",
                "/admin/%2f",
                "/%2fadmin",
                "/public%2f..%2fadmin",
                "/api%2fadmin",
                "/api/public%2f..%2fadmin",
                "/orders%2flist.do",
                "/vault%2f",
                "/admin%5cusers",
                "/admin%5Cusers",
                "/admin%5c",
                "/%5cadmin",
                "/admin\\users",
                "/\\admin",
                "/\\/admin",
                "/public\\..\\admin",
                "/public/..\\admin");
    }

    private static Stream<RequestLine> controls() {
        return refused(
                "A108 control characters",
                "/admin%00",
                "/admin%00.js",
                "/.%00/admin",
                "/admin%0a",
                "/admin%0d%0a",
                "/admin%0d%0aX-Evil:1",
                "/admin%09",
                "/admin%0b",
                "/admin%1b",
                "/admin%7f",
                "/public/%00/../admin",
                "/%00/admin",
                "/admin\u0000",
                "/admin\u0001",
                "/admin\u000b",
                "/admin\u007f",
                "/\u0000admin",
                "/public/\u0000/../admin");
    }

    private static Stream<RequestLine> spaces() {
        return judged(
                "A108 encoded spaces", "/admin%20", "/%20admin", "/admin%20/users", "/vault%20", "/admin+", "/+admin");
    }

    /** A rule sees the path only, all of it, and one segment where it says one. */
    private static Stream<RequestLine> rules() {
        String group = "A113 rules";
        return Stream.of(
                        reach(group, "reports", "/reports/a/private?x=/status", "/reports/a/private%3f/status"),
                        reach(group, "reports", "/reports/private?/status", "/reports/a/b%23/status"),
                        judged(group, "/reports/private#/status", "/reports/a/private#/status", "/reports/%20/status"),
                        judged(group, "/reports/private%3f/status", "/reports/private%23/status"),
                        refused(group, "/reports/private/%0a/status", "/reports/private%0a/status", "/reports//status"),
                        refused(group, "/reports/private%2fstatus", "/reports/private;/status"))
                .flatMap(rows -> rows);
    }

    private static Stream<RequestLine> lengths() {
        String group = "very long paths";
        return Stream.of(
                        reach(group, "admin", "/admin/" + "a".repeat(2_000), "/admin/" + "%61".repeat(1_000)),
                        judged(group, "/admin" + "/a".repeat(1_500), "/admin/" + "a".repeat(20_000)),
                        judged(group, "/a".repeat(1_500) + "/admin", "/admin?" + "a".repeat(7_000)),
                        refused(group, "/.".repeat(1_500) + "/admin", "/".repeat(3_000) + "admin"),
                        refused(group, "/public/" + "../".repeat(1_000) + "admin", "/admin" + ";".repeat(3_000)),
                        refused(group, "/public" + "/a".repeat(500) + "/..".repeat(501) + "/admin"))
                .flatMap(rows -> rows);
    }
}
