package dev.scopegate.sample;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test the sample that it asks for by a parameter, on free ports and otherwise as it comes, and stops it afterwards.
 *
 * <p>A constructor, or a method for all tests, gets one for the whole class; a method for each test, or a test, gets one of its own.
 */
final class RunningSample implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(RunningSample.class);

    /** One on free ports, with whatever else stands here; to be closed by who starts it. */
    static Sample start(String... more) {
        return Sample.start(
                Stream.concat(Stream.of("--server.port=0", "--authorization-server.port=0"), Stream.of(more))
                        .toArray(String[]::new));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Sample.class;
    }

    @Override
    public Sample resolveParameter(ParameterContext parameter, ExtensionContext test) {
        // The store looks into that of the class first, and closes what it holds.
        return test.getStore(NAMESPACE).computeIfAbsent(Sample.class, key -> start(), Sample.class);
    }
}
