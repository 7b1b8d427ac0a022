package dev.scopegate.test.matrix;

/** Spellings of a path that a rule and a container may read differently. */
final class Paths {

    private Paths() {}

    static void addTo(HostileCases cases) {
        String path = cases.route().path();
        cases.target("path: with a parameter", Expected.AMBIGUOUS, path + ";v=1");
        cases.target("path: with an encoded slash", Expected.AMBIGUOUS, path + "%2fx");
        cases.target("path: with an encoded backslash", Expected.AMBIGUOUS, path + "%5cx");
        cases.target("path: with an encoded null", Expected.AMBIGUOUS, path + "%00");
        cases.target("path: encoded twice", Expected.AMBIGUOUS, path + "/%252fx");
        cases.target("path: with encoded dots", Expected.AMBIGUOUS, "/x/%2e%2e" + path);
        cases.target("path: with an empty segment", Expected.AMBIGUOUS, "//" + path.substring(1));
    }
}
