package io.parallelwrite.divergence;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class MemoryJournalContractTests extends JournalContract {

    @Override
    Journal open(int capacity) {
        return new MemoryJournal(capacity);
    }

    @Test
    void needsRoom() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MemoryJournal(0))
                .withMessageContaining("max-entries [0] must be positive");
    }
}
