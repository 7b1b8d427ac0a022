package dev.scopegate.test.matrix;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Gives each case of the matrix to a test of its own. */
final class HostileMatrixExtension implements TestTemplateInvocationContextProvider {

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return context.getRequiredTestMethod().isAnnotationPresent(HostileMatrix.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        HostileMatrix matrix = context.getRequiredTestMethod().getAnnotation(HostileMatrix.class);
        return HostileCases.of(ProtectedRoute.of(matrix.route(), matrix.scopes(), matrix.audience())).stream()
                .map(Invocation::new);
    }

    private record Invocation(HostileCase each) implements TestTemplateInvocationContext, ParameterResolver {

        @Override
        public String getDisplayName(int index) {
            return each.name() + " → " + each.expected();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == HostileCase.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return each;
        }
    }
}
