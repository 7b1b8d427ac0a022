package dev.scopegate.container.differential;

import static dev.scopegate.container.differential.RequestLines.judged;
import static dev.scopegate.container.differential.RequestLines.open;
import static dev.scopegate.container.differential.RequestLines.reach;

import java.util.stream.Stream;

/** Rows that are spelt as intended, for each kind of servlet mapping, and their neighbours that look like them. */
final class PlainSpellings {

    private PlainSpellings() {}

    static Stream<RequestLine> all() {
        return Stream.of(protectedPaths(), publicPaths(), singleEncoding(), suffixes(), letters())
                .flatMap(rows -> rows);
    }

    private static Stream<RequestLine> protectedPaths() {
        String group = "plain, protected";
        return Stream.of(
                        reach(group, "admin-exact", "/admin", "/admin?x=1", "/admin?/../public", "/admin?;/public"),
                        reach(
                                group,
                                "admin",
                                "/admin/",
                                "/admin/users",
                                "/admin/a/b",
                                "/admin/users?next=/public/../x"),
                        reach(group, "admin", "/admin/list.do", "/admin/a.json", "/admin/~x", "/admin/a-b_c.d"),
                        reach(group, "admin", "/admin/a:b@c", "/admin/a+b,c", "/admin/!$&'()*=", "/admin/WEB-INF/x"),
                        reach(
                                group,
                                "admin",
                                "/admin/...",
                                "/admin/.hidden",
                                "/admin/a..b",
                                "/admin/..a",
                                "/admin/a.."),
                        reach(group, "api", "/api/admin", "/api/admin/", "/api/admin/users"),
                        reach(group, "extension", "/orders/list.do", "/orders/a/b.do", "/orders/.do"),
                        reach(group, "rest", "/files", "/files/", "/files/readme.txt", "/orders/list", "/orders/x.dox"),
                        reach(group, "reports", "/reports/private", "/reports/a/b/status", "/reports/status"),
                        reach(group, "vault", "/vault"))
                .flatMap(rows -> rows);
    }

    private static Stream<RequestLine> publicPaths() {
        String group = "plain, public";
        return Stream.of(
                        open(group, "public", "/public", "/public/", "/public/x", "/public/admin", "/public?x=/admin"),
                        open(group, "public", "/public/x?/../../admin", "/public/x?%2e%2e/admin", "/public/x.do"),
                        open(group, "api", "/api/public/x"),
                        open(group, "reports", "/reports/1/status"))
                .flatMap(rows -> rows);
    }

    private static Stream<RequestLine> singleEncoding() {
        String group = "A106 encoded letters";
        return Stream.of(
                        reach(group, "admin-exact", "/%61dmin", "/adm%69n", "/%61%64%6d%69%6E", "/%61%64%6D%69%6e?x"),
                        reach(group, "admin", "/admin/%75sers", "/%61dmin/users", "/admin/%7ex", "/admin/a%2eb"),
                        reach(group, "admin", "/admin/%c3%a9", "/admin/e%cc%81", "/admin/%E2%82%AC", "/admin/%20x"),
                        reach(group, "admin", "/admin/%3f", "/admin/a%23b", "/admin/%40%3A%26"),
                        reach(group, "api", "/%61pi/admin", "/api/%61dmin"),
                        reach(group, "extension", "/orders/list%2edo", "/orders/list.%64o", "/%6frders/a.do"),
                        open(group, "public", "/%70ublic/x", "/public/%61dmin"))
                .flatMap(rows -> rows);
    }

    private static Stream<RequestLine> suffixes() {
        String group = "A110 suffixes";
        return Stream.concat(
                reach(group, "admin", "/admin/users.json", "/admin/.json"),
                judged(
                        group,
                        "/admin.json",
                        "/admin%2ejson",
                        "/admin.json/",
                        "/admin.do",
                        "/admin.html",
                        "/admin.",
                        "/admin~",
                        "/admin*",
                        "/admin-old",
                        "/adminx",
                        "/vault/",
                        "/vault/x",
                        "/vault.json",
                        "/orders.do",
                        "/x.do",
                        "/public.json",
                        "/api",
                        "/api/",
                        "/api/x",
                        "/",
                        "",
                        "/index.html",
                        "/WEB-INF/web.xml",
                        "/WEB-INF/scopegate.yaml",
                        "/web-inf/scopegate.yaml",
                        "/META-INF/MANIFEST.MF"));
    }

    private static Stream<RequestLine> letters() {
        return judged(
                "A110 case",
                "/ADMIN",
                "/Admin",
                "/aDmin/users",
                "/%41dmin",
                "/API/admin",
                "/api/Admin",
                "/ORDERS/list.do",
                "/orders/list.DO",
                "/PUBLIC/admin",
                "/Vault");
    }
}
