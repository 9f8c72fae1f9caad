package io.parallelwrite.divergence;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileJournalContractTests extends JournalContract {

    @TempDir
    private Path directory;

    private int opened;

    @Override
    Journal open(int capacity) throws IOException {
        return FileJournal.open(directory.resolve("journal " + ++opened), capacity);
    }
}
