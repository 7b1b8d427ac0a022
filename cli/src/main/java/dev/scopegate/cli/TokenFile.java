package dev.scopegate.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Where the token of a command is. Not an argument: those stand in the list of processes and in histories of shells. */
final class TokenFile {

    private static final int MAX_BYTES = 1 << 20;

    private TokenFile() {}

    /** The text in the file {@code name}, or on the standard input if that is {@code -}, without white space around it. */
    static String read(String name, CommandSpec command) {
        try (InputStream stream =
                name.equals("-") ? System.in : Files.newInputStream(ConfigFile.present(Path.of(name), command))) {
            byte[] bytes = stream.readNBytes(MAX_BYTES);
            String token = new String(bytes, StandardCharsets.ISO_8859_1).strip();
            if (token.isEmpty()) {
                throw new ParameterException(command.commandLine(), "--token-file: there is no token in it");
            }
            return token;
        } catch (IOException unreadable) {
            throw new ParameterException(command.commandLine(), "--token-file: " + name + " cannot be read");
        }
    }
}
