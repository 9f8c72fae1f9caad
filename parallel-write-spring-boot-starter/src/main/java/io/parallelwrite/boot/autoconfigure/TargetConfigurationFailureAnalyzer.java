package io.parallelwrite.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains targets that are missing or whose location nothing can serve, and a journal that cannot be beside them. */
final class TargetConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<TargetConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, TargetConfigurationException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
    }
}
