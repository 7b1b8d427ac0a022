package dev.scopegate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;

/** The walls of the house: which room may know what. */
@AnalyzeClasses(
        packages = "dev.scopegate",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.ThisModule.class})
class ArchitectureTest {

    /** The other modules have walls of their own. */
    static final class ThisModule implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/dev/scopegate/test/") && !location.contains("/dev/scopegate/introspection/");
        }
    }

    private static final String[] STEPS = {"route", "extract", "validate", "confirm", "challenge", "observe", "servlet"
    };

    @ArchTest
    static final ArchRule model_dependsOnTheJdkAlone = noClasses()
            .that()
            .resideInAPackage("dev.scopegate.model..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "dev.scopegate.model..", "org.jspecify..");

    @ArchTest
    static final ArchRule config_knowsOnlyTheModel = noClasses()
            .that()
            .resideInAPackage("dev.scopegate.config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(rooms(STEPS));

    @ArchTest
    static final ArchRule route_importsNoOtherStep = importsNoOtherStep("route");

    @ArchTest
    static final ArchRule extract_importsNoOtherStep = importsNoOtherStep("extract");

    @ArchTest
    static final ArchRule validate_importsNoOtherStep = importsNoOtherStep("validate");

    @ArchTest
    static final ArchRule confirm_importsNoOtherStep = importsNoOtherStep("confirm");

    @ArchTest
    static final ArchRule challenge_importsNoOtherStep = importsNoOtherStep("challenge");

    @ArchTest
    static final ArchRule observe_importsNoOtherStep = importsNoOtherStep("observe");

    @ArchTest
    static final ArchRule servlet_importsNoOtherStep = importsNoOtherStep("servlet");

    @ArchTest
    static final ArchRule servletApi_isKnownToServletAlone = onlyIn("jakarta.servlet..", "servlet");

    @ArchTest
    static final ArchRule micrometer_isKnownToObserveAndTheAssembly = noClasses()
            .that()
            .resideOutsideOfPackages("dev.scopegate", "dev.scopegate.observe..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule nimbus_isKnownToValidateAndConfirmAlone = onlyIn("com.nimbusds..", "validate", "confirm");

    @ArchTest
    static final ArchRule yaml_isKnownToConfigAlone = onlyIn("org.snakeyaml..", "config");

    @ArchTest
    static final ArchRule rooms_areFreeOfCycles =
            slices().matching("dev.scopegate.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheAssembly_knowsTheOrderOfTheSteps = classes()
            .that()
            .resideInAPackage("dev.scopegate")
            .and()
            .arePublic()
            .should()
            .haveSimpleNameStartingWith("ResourceServer");

    @ArchTest
    static final ArchRule staticState_isNeverMutable = fields().that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat()
            .areNotEnums()
            .should()
            .beFinal();

    @ArchTest
    static final ArchRule threadLocals_areNotUsed =
            noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class);

    private static ArchRule importsNoOtherStep(String step) {
        String[] others =
                Arrays.stream(STEPS).filter(other -> !other.equals(step)).toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("dev.scopegate." + step + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(rooms(others));
    }

    private static ArchRule onlyIn(String library, String... rooms) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(rooms(rooms))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    private static String[] rooms(String... names) {
        return Arrays.stream(names).map(name -> "dev.scopegate." + name + "..").toArray(String[]::new);
    }
}
