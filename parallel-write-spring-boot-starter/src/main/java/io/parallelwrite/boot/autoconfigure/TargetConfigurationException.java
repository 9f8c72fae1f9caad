package io.parallelwrite.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

/** Thrown when the configured targets, or what is beside them, cannot be used; says what is wrong and what to do. */
class TargetConfigurationException extends RuntimeException {

    private final String action;

    TargetConfigurationException(String problem, String action) {
        super(problem);
        this.action = action;
    }

    TargetConfigurationException(String problem, String action, @Nullable Throwable cause) {
        super(problem, cause);
        this.action = action;
    }

    String action() {
        return action;
    }
}
