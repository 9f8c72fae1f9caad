package io.parallelwrite.stream;

import io.parallelwrite.outcome.WriteResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** One target that is well and one that may be detached, under a rule that either meets. */
abstract class SlowedWrite {

    static final Duration PATIENCE = Duration.ofSeconds(5);
    static final int BUFFER = 64;

    final CompletableFuture<Void> gate = EngineFixture.gate();
    final ScriptedTarget good = new ScriptedTarget("good");
    final ScriptedTarget slow = new ScriptedTarget("slow");

    static EngineSettings settings() {
        return EngineFixture.settings()
                .withRule(EngineFixture.any())
                .withLagging("slow", Lagging.detachAfter(PATIENCE));
    }

    static Future<WriteResult> write(EngineFixture fixture, int byteCount) {
        return fixture.asCaller(() -> fixture.write("a", EngineFixture.bytes(byteCount, 1)));
    }

    boolean goodHasTakenTheBuffer() {
        return good.takenBytes.get() == BUFFER && slow.calls().contains("WRITE");
    }
}
