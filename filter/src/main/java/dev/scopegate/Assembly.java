package dev.scopegate;

import dev.scopegate.config.ConfigException;
import dev.scopegate.config.ConfigSource;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.config.TlsBundles;
import dev.scopegate.model.DecisionListener;
import dev.scopegate.model.ProblemRenderer;
import dev.scopegate.observe.ReloadObserver;
import dev.scopegate.observe.UpkeepObserver;
import dev.scopegate.observe.trace.IssuerCallObservations;
import dev.scopegate.validate.keys.Upstreams.Environment;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What a server has besides its configuration, and how all of it is put together: the policy in force, what watches the files that it
 * came from, and whoever is told of either.
 *
 * @param clock by which tokens expire
 * @param meters where decisions are counted
 * @param observations where calls to issuers are observed
 * @param bodies who writes the bodies of refusals
 * @param listeners who is told of each decision
 * @param bundles what the keys {@code ssl-bundle} name
 */
record Assembly(
        Clock clock,
        MeterRegistry meters,
        ObservationRegistry observations,
        ProblemRenderer bodies,
        List<DecisionListener> listeners,
        TlsBundles bundles) {

    /**
     * A server by this configuration, and by what it is changed to. Whoever gets it closes it.
     *
     * @throws ConfigException if the configuration has mistakes; nothing has been started then
     */
    ResourceServer serving(ConfigSource source) {
        UpkeepObserver upkeep = new UpkeepObserver(meters);
        Observation observation = new Observation(meters, observations, listeners, clock);
        Environment environment =
                Environment.observed(clock, upkeep).with(bundles).with(IssuerCallObservations.in(observations));
        Policy.Parts parts = new Policy.Parts(clock, bodies, environment);
        ReloadObserver observer = new ReloadObserver(meters, clock);
        PolicyInForce inForce = new PolicyInForce(
                source::load,
                (loaded, predecessor) -> {
                    Policy policy = Policy.of(loaded, parts, predecessor);
                    expect(policy.config(), upkeep);
                    observation.expect(policy.config());
                    return policy;
                },
                clock,
                observer);
        ScheduledThreadPoolExecutor timer = timer();
        watch(inForce, timer);
        new AdvertisedScopes(inForce, timer, observer::warn).lookSoon();
        upkeep.show(
                () -> inForce.current().tokens().keySets(),
                () -> inForce.current().tokens().rememberedTokens(),
                () -> inForce.current().tokens().keptAnswers());
        observation.show(() -> inForce.current().tokens().introspections());
        return new ResourceServer(inForce, observation.decisions(), upkeep::caches, () -> {
            timer.shutdownNow();
            upkeep.close();
            observation.close();
        });
    }

    private static void expect(ScopegateConfig config, UpkeepObserver upkeep) {
        upkeep.expect(
                config.issuerNamesWhere(issuer -> issuer.sharedSecretFile().isEmpty()),
                config.issuerNamesWhere(issuer -> issuer.introspection().isConfigured()));
    }

    /** For what a server does by itself: one thread, which ends when there is nothing left to do. */
    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "scopegate-config");
            thread.setDaemon(true);
            return thread;
        });
        timer.setKeepAliveTime(1, TimeUnit.MINUTES);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    /** Watches the files that the configuration came from, if it came from any. */
    private static void watch(PolicyInForce inForce, ScheduledExecutorService timer) {
        Duration interval = inForce.current().config().reloadInterval();
        if (!interval.isZero() && !inForce.files().isEmpty()) {
            new ConfigWatch(inForce::files, inForce::reload).every(interval, timer);
        }
    }
}
