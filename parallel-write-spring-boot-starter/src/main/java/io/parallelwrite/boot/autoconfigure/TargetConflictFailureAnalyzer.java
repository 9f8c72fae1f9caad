package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.target.TargetConflictException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains two targets of which one would write over the other. */
final class TargetConflictFailureAnalyzer extends AbstractFailureAnalyzer<TargetConflictException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, TargetConflictException cause) {
        String action = cause.target().equals(cause.other())
                ? "Give every target a name of its own."
                : "Give %s and %s places of their own, neither of them inside the other."
                        .formatted(
                                ConfiguredTargets.locationProperty(cause.target()),
                                ConfiguredTargets.locationProperty(cause.other()));
        return new FailureAnalysis(String.valueOf(cause.getMessage()), action, cause);
    }
}
