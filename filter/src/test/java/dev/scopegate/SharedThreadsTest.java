package dev.scopegate;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.BaseStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * No verdict waits for a thread that all code of a JVM shares, as are those of the common pool and the one that watches the
 * deadlines of futures: an application that blocks one of these would keep its own requests waiting.
 */
@AnalyzeClasses(
        packages = "dev.scopegate",
        importOptions = {ImportOption.DoNotIncludeTests.class, SharedThreadsTest.WhatUsersRun.class})
class SharedThreadsTest {

    /** This module and those that it stands on. */
    static final class WhatUsersRun implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/dev/scopegate/test/");
        }
    }

    private static final Set<String> TIMED = Set.of("orTimeout", "completeOnTimeout", "delayedExecutor");

    private static final DescribedPredicate<JavaMethodCall> ON_SHARED_THREADS =
            describe("runs on threads that all share", call -> isOnSharedThreads(call.getTarget()));

    private static boolean isOnSharedThreads(MethodCallTarget called) {
        String name = called.getName();
        JavaClass owner = called.getOwner();
        if (owner.isAssignableTo(CompletionStage.class)) {
            return TIMED.contains(name)
                    || (name.endsWith("Async")
                            && called.getRawParameterTypes().stream()
                                    .noneMatch(type -> type.isEquivalentTo(Executor.class)));
        }
        return (owner.isEquivalentTo(ForkJoinPool.class) && name.equals("commonPool"))
                || (owner.isAssignableTo(Collection.class) && name.equals("parallelStream"))
                || (owner.isAssignableTo(BaseStream.class) && name.equals("parallel"))
                // Whatever executor the client has: it completes its future on the common pool.
                || (owner.isAssignableTo(HttpClient.class) && name.equals("sendAsync"));
    }

    private static DescribedPredicate<JavaMethodCall> of(Class<?> owner, String name) {
        return describe(
                owner.getSimpleName() + '.' + name,
                call -> call.getTargetOwner().isEquivalentTo(owner)
                        && call.getName().equals(name));
    }

    @ArchTest
    static final ArchRule threadsThatAllShare_areNotUsed = noClasses().should(callMethodWhere(ON_SHARED_THREADS));

    @ArchTest
    static final ArchRule caches_tidyUpElsewhere = classes()
            .that(describe(
                    "build caches",
                    type -> type.getMethodCallsFromSelf().stream().anyMatch(of(Caffeine.class, "newBuilder"))))
            .should(callMethodWhere(of(Caffeine.class, "executor")));

    @Test
    void threadsThatAllShare_eachWayToThem_isFoundAndOthersAreNot() {
        assertThat(callsOf(Forbidden.class)).hasSize(8).allMatch(ON_SHARED_THREADS);
        assertThat(callsOf(Allowed.class)).hasSize(3).noneMatch(ON_SHARED_THREADS);
    }

    private static Set<JavaMethodCall> callsOf(Class<?> type) {
        return new ClassFileImporter().importClass(type).getMethodCallsFromSelf();
    }

    /** What nobody here does. */
    private record Forbidden(
            CompletableFuture<String> future,
            HttpClient http,
            HttpRequest request,
            List<String> texts,
            IntStream numbers,
            BodyHandler<String> answer) {

        @SuppressWarnings("UnusedMethod") // Read, and never run.
        Object[] all() {
            return new Object[] {
                CompletableFuture.supplyAsync(String::new),
                future.thenApplyAsync(String::new),
                future.orTimeout(1, SECONDS),
                CompletableFuture.delayedExecutor(1, SECONDS),
                ForkJoinPool.commonPool(),
                texts.parallelStream(),
                numbers.parallel(),
                http.sendAsync(request, answer)
            };
        }
    }

    /** Its twin. */
    private record Allowed(CompletableFuture<String> future, Executor own) {

        @SuppressWarnings("UnusedMethod") // Read, and never run.
        Object[] all() {
            return new Object[] {
                CompletableFuture.supplyAsync(String::new, own),
                future.thenApplyAsync(String::new, own),
                future.thenApply(String::new)
            };
        }
    }
}
