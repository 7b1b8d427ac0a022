package dev.scopegate.bench.turns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.bench.peer.Algorithm;
import dev.scopegate.bench.peer.Contenders;
import dev.scopegate.bench.peer.FilterChains;
import dev.scopegate.bench.peer.SampleTokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured is that good tokens are accepted, and nothing else. */
class ParticipantTest {

    @TempDir
    static Path folder;

    private static SampleTokens tokens;

    @BeforeAll
    static void sign() throws IOException {
        tokens = SampleTokens.make(folder, 2);
    }

    @Test
    void takeTurn_tokensNeverSeen_aFigureOfEachContender() {
        try (FirstSeen first = new FirstSeen(tokens, Algorithm.RS256)) {
            assertThat(first.participants())
                    .extracting(Participant::name)
                    .containsExactlyElementsOf(
                            Stream.of(Contenders.values()).map(Enum::name).toList());
            assertTakesTurns(first.participants());
        }
    }

    @ParameterizedTest
    @EnumSource
    void takeTurn_tokensSeenBefore_aFigureOfTheChainAndItsFloor(FilterChains chain) {
        try (SeenBefore seen = new SeenBefore(tokens, chain)) {
            assertThat(seen.participants())
                    .extracting(Participant::name)
                    .containsExactly(TurnsRun.SHA256, TurnsRun.SHA256_OF_OPAQUE, chain.name());
            assertTakesTurns(seen.participants());
        }
    }

    private static void assertTakesTurns(List<Participant> participants) {
        for (Participant participant : participants) {
            participant.takeTurnsOf(1);
            participant.takeTurn();
            participant.takeTurn();
            assertThat(participant.figures().get("micros")).hasSize(2).allMatch(micros -> micros > 0);
            assertThat(participant.figures().get("bytes")).hasSize(2).allMatch(bytes -> bytes > 0);
        }
    }

    @Test
    void takeTurn_callThatFails_noFigure() {
        AtomicInteger calls = new AtomicInteger();
        Participant participant = new Participant("x", () -> calls.incrementAndGet() < 2);
        participant.takeTurn();
        assertThatThrownBy(participant::takeTurn).hasMessage("a good token was refused");
        assertThat(participant.figures().get("micros")).hasSize(1);
    }
}
