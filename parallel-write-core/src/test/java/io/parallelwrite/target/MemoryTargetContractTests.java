package io.parallelwrite.target;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryTargetContractTests extends TargetContract {

    @Override
    protected Target newTarget() {
        return new MemoryTarget("memory");
    }

    @Override
    protected void assertNothingLeftBehind(Target target) {
        assertThat(((MemoryTarget) target).openWrites()).isEmpty();
    }

    @Override
    protected boolean keepsAttributes() {
        return true;
    }

    @Override
    protected ContentAttributes attributesOf(Target target, TargetPath path) {
        return ((MemoryTarget) target).attributes(path).orElseThrow();
    }
}
