package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.target.TargetInitializationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a target whose place cannot be written. */
final class TargetInitializationFailureAnalyzer extends AbstractFailureAnalyzer<TargetInitializationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, TargetInitializationException cause) {
        String action = "Make %s a place this application may create, write and delete in, or change %s."
                .formatted(cause.place(), ConfiguredTargets.locationProperty(cause.target()));
        return new FailureAnalysis(String.valueOf(cause.getMessage()), action, cause);
    }
}
