package dev.scopegate.cli;

import dev.scopegate.model.RequestSnapshot;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The request that a command was given.
 *
 * @param method the method, such as {@code DELETE}
 * @param rawPath the path as a client would spell it, without its query
 */
record GivenRequest(String method, String rawPath) {

    /** A request such as {@code DELETE /contacts/7}. */
    static GivenRequest of(String text, CommandSpec command) {
        String[] parts = text.strip().split(" +", -1);
        if (parts.length != 2 || !parts[0].matches("[A-Za-z-]+")) {
            throw new ParameterException(
                    command.commandLine(), "--route needs a method and a path, such as \"DELETE /contacts/7\"");
        }
        return new GivenRequest(parts[0], parts[1].replaceFirst("[?#].*$", ""));
    }

    RequestSnapshot snapshot(List<String> authorization) {
        return new RequestSnapshot(method, rawPath, decoded(), authorization);
    }

    /** As a container dispatches it: decoded once. What cannot be decoded is ambiguous, and never gets as far as a rule. */
    private String decoded() {
        try {
            return URLDecoder.decode(rawPath.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException brokenEscape) {
            return rawPath;
        }
    }
}
