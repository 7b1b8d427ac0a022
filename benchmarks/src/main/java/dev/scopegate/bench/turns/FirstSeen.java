package dev.scopegate.bench.turns;

import dev.scopegate.bench.peer.Algorithm;
import dev.scopegate.bench.peer.Contender;
import dev.scopegate.bench.peer.Contenders;
import dev.scopegate.bench.peer.SampleTokens;
import java.util.ArrayList;
import java.util.List;

/**
 * All contenders for the validation of a token that was never seen before: each call takes the next of thousands of tokens, and
 * whoever could remember them is set up not to. Not thread-safe.
 */
final class FirstSeen implements AutoCloseable {

    private final List<Contender> started = new ArrayList<>();
    private final List<Participant> participants = new ArrayList<>();

    FirstSeen(SampleTokens sample, Algorithm algorithm) {
        List<String> tokens = sample.signedWith(algorithm);
        for (Contenders name : Contenders.values()) {
            Contender contender = name.start(sample, algorithm);
            Rotation<String> rotation = new Rotation<>(tokens);
            started.add(contender);
            participants.add(new Participant(name.name(), () -> contender.accepts(rotation.next())));
        }
    }

    List<Participant> participants() {
        return List.copyOf(participants);
    }

    @Override
    public void close() {
        started.forEach(Contender::close);
    }
}
