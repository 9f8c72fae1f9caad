package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.target.ForwardingTarget;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetDefinition;
import io.parallelwrite.target.TargetFactory;
import io.parallelwrite.target.TargetWrite;
import io.parallelwrite.target.WriteRequest;
import java.io.IOException;
import java.util.concurrent.CompletionStage;

/** A memory target, served under {@code scripted:}, whose commit does what a test wants first. */
final class ScriptedTarget extends ForwardingTarget {

    /** What happens when a write is about to commit. */
    @FunctionalInterface
    interface BeforeCommit {

        void run() throws IOException;
    }

    private final BeforeCommit beforeCommit;

    private ScriptedTarget(String name, BeforeCommit beforeCommit) {
        super(name);
        this.beforeCommit = beforeCommit;
    }

    static TargetFactory factory(BeforeCommit beforeCommit) {
        return new TargetFactory() {
            @Override
            public boolean supports(TargetDefinition definition) {
                return definition.scheme().equals("scripted");
            }

            @Override
            public Target create(TargetDefinition definition) {
                return new ScriptedTarget(definition.name(), beforeCommit);
            }
        };
    }

    @Override
    public String scheme() {
        return "scripted";
    }

    @Override
    public CompletionStage<? extends TargetWrite> open(WriteRequest request) throws IOException {
        return super.open(request).thenApply(ScriptedWrite::new);
    }

    private final class ScriptedWrite extends Write {

        ScriptedWrite(TargetWrite write) {
            super(write);
        }

        @Override
        public CompletionStage<Receipt> commit() throws IOException {
            beforeCommit.run();
            return super.commit();
        }
    }
}
