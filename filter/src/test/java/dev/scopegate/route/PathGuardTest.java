package dev.scopegate.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathGuardTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin;x=1/users",
                "/admin/;/users",
                "/admin;jsessionid=1",
                "/admin%3bx",
                "//admin",
                "/api//admin",
                "///admin/",
                "/public/../admin",
                "/public/%2e%2e/admin",
                "/public/%2E./admin",
                "/public/..;/admin",
                "/public/..%2fadmin",
                "/%2e/admin",
                "/admin/.",
                "/admin/..",
                "/admin%2fusers",
                "/admin%2Fusers",
                "/admin%5cusers",
                "/admin\\users",
                "/admin%00",
                "/admin%00.js",
                "/admin%0a",
                "/admin%0d%0a",
                "/admin%7f",
                "/admin%252f",
                "/admin%",
                "/admin%2",
                "/admin%zz",
                "/admin%c0%afx",
                "/public/%c0%ae%c0%ae/admin",
                "/admin%e2%82",
                "/admin%ff",
                "/%C3%A9%A9",
                "/admin%ed%a0%80",
                "/admin%c2%85",
                "/admin%C3x%A9",
                "/admin\u0001",
                "/admin x",
                "/adm\u00ecn",
                "*",
                "admin",
                "http://localhost/admin",
                "",
            })
    void isAmbiguous_pathOfTwoReadings_true(String path) {
        assertThat(PathGuard.isAmbiguous(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/contacts",
                "/contacts/",
                "/contacts/7",
                "/app/contacts/%C3%A9",
                "/%61dmin",
                "/%E2%82%AC/%F0%9F%98%80",
                "/%C3%A9%C3%A9x%41%C3%A9",
                "/a.b/...c/.well-known/x..y",
                "/.../x",
                "/a%20b",
                "/a:b@c,d=e&f+g~h!i'(j)*k$",
            })
    void isAmbiguous_pathOfOneReading_false(String path) {
        assertThat(PathGuard.isAmbiguous(path)).isFalse();
    }
}
