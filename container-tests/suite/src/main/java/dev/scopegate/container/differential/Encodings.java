package dev.scopegate.container.differential;

import static dev.scopegate.container.differential.RequestLines.judged;
import static dev.scopegate.container.differential.RequestLines.refused;

import java.util.stream.Stream;

/** Rows whose octets stand for other characters in the eyes of some readers: decoded twice, wrongly, or folded. */
final class Encodings {

    private Encodings() {}

    static Stream<RequestLine> all() {
        return Stream.of(twice(), broken(), overlong(), unicode(), rawOctets(), questionsAndFragments())
                .flatMap(rows -> rows);
    }

    private static Stream<RequestLine> twice() {
        return refused(
                "double encoding",
                "/%2561dmin",
                "/admin%252fusers",
                "/public/%252e%252e/admin",
                "/public/..%252fadmin",
                "/public/%25%32%65%25%32%65/admin",
                "/%25%36%31dmin",
                "/admin%2500",
                "/admin%253bx",
                "/admin%25",
                "/admin/%25",
                "/admin%252f%252e%252e");
    }

    private static Stream<RequestLine> broken() {
        return refused(
                "broken escapes",
                "/admin%",
                "/admin%2",
                "/admin%zz",
                "/admin/%g0",
                "/%%61dmin",
                "/admin%-1",
                "/admin%0x2f",
                "/admin%+2f",
                "/%u0061dmin",
                "/admin%u002fusers",
                "/public/%u002e%u002e/admin",
                "/public/%uff0e%uff0e/admin",
                "/admin%U002f");
    }

    /** No UTF-8, though lax decoders make ASCII of the first ones. */
    private static Stream<RequestLine> overlong() {
        return judged(
                "invalid UTF-8",
                "/%c1%a1dmin",
                "/admin%c0%afusers",
                "/admin%e0%80%afusers",
                "/admin%f0%80%80%afusers",
                "/public/%c0%ae%c0%ae/admin",
                "/public/%e0%80%ae%e0%80%ae/admin",
                "/admin%c0%80",
                "/admin%ff",
                "/admin/%ff",
                "/admin/%c3",
                "/admin/%ed%a0%80",
                "/admin%fe%ff");
    }

    private static Stream<RequestLine> unicode() {
        return judged(
                "Unicode, encoded",
                "/%ef%bd%81dmin", // full-width a
                "/admin%ef%bc%8fusers", // full-width solidus
                "/public/%ef%bc%8e%ef%bc%8e/admin", // full-width full stops
                "/public/%e2%80%a5/admin", // two dot leader
                "/admin%e2%81%84users", // fraction slash
                "/admin%e2%88%95users", // division slash
                "/admin%ef%bc%bcusers", // full-width reverse solidus
                "/admin%ef%bc%9bx", // full-width semicolon
                "/%ef%bb%bfadmin", // byte order mark
                "/admin%e2%80%8b", // zero width space
                "/%e2%80%aeadmin", // right-to-left override
                "/a%cd%8fdmin", // combining grapheme joiner
                "/admin%cc%81", // combining acute accent
                "/adm%c4%b1n", // dotless i
                "/adm%c4%b0n", // I with dot
                "/admin%c2%a0", // no-break space
                "/admin%c2%85", // next line
                "/admin%e2%80%a8", // line separator
                "/v%c3%a0ult", // composed
                "/va%cc%80ult"); // decomposed
    }

    private static Stream<RequestLine> rawOctets() {
        return refused(
                "raw octets beyond ASCII",
                "/\u00ef\u00bd\u0081dmin",
                "/admin\u00ef\u00bc\u008fusers",
                "/public/\u00ef\u00bc\u008e\u00ef\u00bc\u008e/admin",
                "/\u00ef\u00bb\u00bfadmin",
                "/admin\u00c2\u00a0",
                "/admin\u00a0",
                "/admin\u0085",
                "/admin\u00ff",
                "/admin/\u00e9",
                "/admin/\u00c3\u00a9",
                "/admin/e\u00cc\u0081",
                "/public/\u00c0\u00ae\u00c0\u00ae/admin",
                "/admin\u00c0\u00afusers",
                // To a reader that keeps seven bits these are "admin" and "../".
                "/\u00e1\u00e4\u00ed\u00e9\u00ee",
                "/public/\u00ae\u00ae\u00afadmin");
    }

    private static Stream<RequestLine> questionsAndFragments() {
        return Stream.concat(
                judged(
                        "fragments and encoded delimiters",
                        "/admin#",
                        "/admin#x",
                        "/admin/users#/../../public",
                        "/public#/../admin",
                        "/public/x#/admin",
                        "/public/#/../../admin",
                        "/#/admin",
                        "/admin%23",
                        "/admin%23/users",
                        "/admin%3f",
                        "/admin%3fx=1",
                        "/admin%3d",
                        "/%3fadmin",
                        "/%23/admin"),
                refused(
                        "fragments and encoded delimiters",
                        "/public%3f/../admin",
                        "/public%23/../admin",
                        "/public/../admin#/public",
                        "/admin;#x"));
    }
}
