package dev.scopegate.container.differential;

import static dev.scopegate.container.differential.RequestLines.lines;

import dev.scopegate.container.differential.RequestLine.Outcome;
import java.util.stream.Stream;

/** Rows in which more than the path is unusual: the form of the target, the method, the version, the context path. */
final class TargetForms {

    private TargetForms() {}

    static Stream<RequestLine> all() {
        return Stream.of(
                        absolute(),
                        ambiguousAbsolute(),
                        otherForms(),
                        methods(),
                        brokenLines(),
                        contextPaths(),
                        ambiguousContextPaths())
                .flatMap(rows -> rows);
    }

    private static Stream<RequestLine> absolute() {
        return lines(
                "absolute form",
                Outcome.JUDGED,
                "GET http://127.0.0.1:{port}{ctx}/admin HTTP/1.1",
                "GET HTTP://127.0.0.1:{port}{ctx}/admin/users HTTP/1.1",
                "GET http://127.0.0.1:{port}{ctx}/%61dmin HTTP/1.1",
                "GET http://127.0.0.1:{port}{ctx}/public HTTP/1.1",
                "GET http://127.0.0.1:{port}{ctx}/public?http://127.0.0.1:{port}{ctx}/admin HTTP/1.1",
                "GET http://127.0.0.1:{port} HTTP/1.1",
                "GET http://127.0.0.1:{port}?{ctx}/admin HTTP/1.1",
                "GET http://127.0.0.1:{port}#{ctx}/admin HTTP/1.1",
                "GET http://127.0.0.1:{port};{ctx}/admin HTTP/1.1",
                "GET http://evil.example{ctx}/admin HTTP/1.1",
                "GET http://u:p@127.0.0.1:{port}{ctx}/admin HTTP/1.1",
                "GET http://127.0.0.1:99999{ctx}/admin HTTP/1.1",
                "GET https://127.0.0.1:{port}{ctx}/admin HTTP/1.1",
                "GET ftp://127.0.0.1:{port}{ctx}/admin HTTP/1.1",
                "GET http:{ctx}/admin HTTP/1.1",
                "GET http:/{ctx}/admin HTTP/1.1",
                "GET http://{ctx}/admin HTTP/1.1",
                "GET http://public{ctx}/admin HTTP/1.1",
                "GET http://[::1]{ctx}/admin HTTP/1.1",
                "GET {ctx}/public/http://127.0.0.1{ctx}/admin HTTP/1.1");
    }

    private static Stream<RequestLine> ambiguousAbsolute() {
        return lines(
                "absolute form, ambiguous path",
                Outcome.REFUSED,
                "GET http://127.0.0.1:{port}{ctx}/public/../admin HTTP/1.1",
                "GET http://127.0.0.1:{port}{ctx}/public/%2e%2e/admin HTTP/1.1",
                "GET http://127.0.0.1:{port}{ctx}/admin;x HTTP/1.1",
                "GET http://127.0.0.1:{port}{ctx}//admin HTTP/1.1",
                "GET http://127.0.0.1:{port}/{ctx}/admin HTTP/1.1",
                "GET http://127.0.0.1:{port}{ctx}/admin%2fusers HTTP/1.1",
                "GET http://127.0.0.1:{port}{ctx}/public/..;/admin HTTP/1.1");
    }

    private static Stream<RequestLine> otherForms() {
        return lines(
                "authority, asterisk and no form",
                Outcome.JUDGED,
                "CONNECT 127.0.0.1:443 HTTP/1.1",
                "CONNECT {ctx}/admin HTTP/1.1",
                "GET 127.0.0.1:80 HTTP/1.1",
                "GET 127.0.0.1{ctx}/admin HTTP/1.1",
                "GET admin HTTP/1.1",
                "GET .{ctx}/admin HTTP/1.1",
                "GET ..{ctx}/admin HTTP/1.1",
                "GET \\admin HTTP/1.1",
                "GET ;{ctx}/admin HTTP/1.1",
                "GET %2fadmin HTTP/1.1",
                "GET ?{ctx}/admin HTTP/1.1",
                "OPTIONS * HTTP/1.1",
                "GET * HTTP/1.1",
                "GET *{ctx}/admin HTTP/1.1",
                "OPTIONS *{ctx}/admin HTTP/1.1",
                "PRI * HTTP/2.0");
    }

    private static Stream<RequestLine> methods() {
        return lines(
                "methods",
                Outcome.JUDGED,
                "HEAD {ctx}/admin HTTP/1.1",
                "OPTIONS {ctx}/admin HTTP/1.1",
                "TRACE {ctx}/admin HTTP/1.1",
                "PROPFIND {ctx}/admin HTTP/1.1",
                "get {ctx}/admin HTTP/1.1",
                "GETX {ctx}/admin HTTP/1.1",
                "* {ctx}/admin HTTP/1.1",
                "G%45T {ctx}/admin HTTP/1.1",
                "GET|HEAD {ctx}/admin HTTP/1.1",
                "HEAD {ctx}/reports/private HTTP/1.1",
                "OPTIONS {ctx}/vault HTTP/1.1");
    }

    private static Stream<RequestLine> brokenLines() {
        return lines(
                "A108 raw spaces, line ends and versions",
                Outcome.JUDGED,
                "GET  {ctx}/admin HTTP/1.1",
                "GET {ctx}/admin  HTTP/1.1",
                " GET {ctx}/admin HTTP/1.1",
                "GET\t{ctx}/admin\tHTTP/1.1",
                "GET {ctx}/admin\tHTTP/1.1",
                "GET {ctx}/admin /users HTTP/1.1",
                "GET {ctx}/public {ctx}/admin HTTP/1.1",
                "GET {ctx}/public HTTP/1.1 {ctx}/admin HTTP/1.1",
                "GET {ctx}/admin HTTP/1.0",
                "GET {ctx}/admin HTTP/0.9",
                "GET {ctx}/admin HTTP/2.0",
                "GET {ctx}/admin HTTP/1.9",
                "GET {ctx}/admin http/1.1",
                "GET {ctx}/admin",
                "GET {ctx}/admin ",
                "GET {ctx}/admin\nX: 1 HTTP/1.1",
                "GET {ctx}/public\r{ctx}/admin HTTP/1.1",
                "GET {ctx}/public\u000b{ctx}/admin HTTP/1.1",
                "\r\nGET {ctx}/admin HTTP/1.1",
                "{ctx}/admin HTTP/1.1");
    }

    private static Stream<RequestLine> contextPaths() {
        return lines(
                "context path",
                Outcome.JUDGED,
                "GET /%61pp/admin HTTP/1.1",
                "GET /app/admin HTTP/1.1",
                "GET /app/app/admin HTTP/1.1",
                "GET /APP/admin HTTP/1.1",
                "GET /app../admin HTTP/1.1",
                "GET /app%20/admin HTTP/1.1",
                "GET /appadmin HTTP/1.1",
                "GET /%61pp HTTP/1.1",
                "GET /app HTTP/1.1");
    }

    private static Stream<RequestLine> ambiguousContextPaths() {
        return lines(
                "A101, A103, A104, A105 in the context path",
                Outcome.REFUSED,
                "GET /app;x/admin HTTP/1.1",
                "GET /app;/admin HTTP/1.1",
                "GET /app/;x/admin HTTP/1.1",
                "GET //app/admin HTTP/1.1",
                "GET /app//admin HTTP/1.1",
                "GET /app/../app/admin HTTP/1.1",
                "GET /public/../app/admin HTTP/1.1",
                "GET /app/public/../../app/admin HTTP/1.1",
                "GET /./app/admin HTTP/1.1",
                "GET /%2e/app/admin HTTP/1.1",
                "GET /app%2fadmin HTTP/1.1",
                "GET /app\\admin HTTP/1.1",
                "GET /app%00/admin HTTP/1.1",
                "GET /ap%70/public/../admin HTTP/1.1",
                "GET /%61pp;x/%61dmin HTTP/1.1",
                "GET /%2561pp/admin HTTP/1.1");
    }
}
