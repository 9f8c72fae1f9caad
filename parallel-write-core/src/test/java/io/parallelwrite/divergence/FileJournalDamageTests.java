package io.parallelwrite.divergence;

import static io.parallelwrite.divergence.FileJournalCrashTests.SMALL;
import static io.parallelwrite.divergence.JournalEntries.delete;
import static io.parallelwrite.divergence.JournalEntries.missed;
import static io.parallelwrite.divergence.JournalEntries.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.divergence.PowerCutDirectory.Left;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is damaged in a {@link FileJournal} is kept apart, and never stops the rest. */
class FileJournalDamageTests {

    /** So large that there is one segment. */
    private static final FileJournal.Limits LARGER = new FileJournal.Limits(100, 1 << 20, 1_200);

    private static final String VERSION_ONE =
            "ff50574a010200c40000000000000005000000006b041242075bcd1500013100055752495445000161000000"
                    + "000012d6870006435243333243000863616665626162650002000c434f4e54454e545f545950450008746578"
                    + "742f637376000d43414348455f434f4e54524f4c000c6d61782d6167653d3336303000020006617574686f72"
                    + "00045a6fc3ab0005656d7074790000000200056c6f63616c0009434f4d4d495454454400000002733300064d"
                    + "495353454400156e6f20616e737765722077697468696e20313020732e823fe8";

    private final PowerCutDirectory directory = new PowerCutDirectory();
    private final Set<JournalEntry> everKept = new HashSet<>();
    private List<JournalEntry> entries = List.of();
    private String segment = "";

    /** Leaves a closed journal of three entries, one of which was put twice, and one that is removed. */
    @BeforeEach
    void fillJournal() throws IOException {
        try (FileJournal journal = FileJournal.open(directory, LARGER)) {
            JournalEntry first = journal.put(write("1", "a"));
            everKept.add(first);
            everKept.add(journal.put(delete("2", "b")));
            everKept.add(journal.put(missed(first)));
            everKept.add(journal.put(write("3", "c")));
            everKept.add(journal.put(write("4", "a")));
            journal.remove("3");
            entries = journal.entries();
        }
        segment = directory.segment();
    }

    @Test
    void findsEverythingAgainWhenNothingIsDamaged() throws IOException {
        try (FileJournal journal = FileJournal.open(directory.after(Left.ALL), SMALL)) {
            assertThat(journal.entries()).isEqualTo(entries);
            assertThat(journal.damagedCount()).isZero();
        }
    }

    @Test
    void losesAtMostTheRecordOfAByteThatIsFlippedAndKeepsItApart() throws IOException {
        byte[] bytes = directory.bytes(segment);
        for (int at = 0; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= (byte) (1 << (at % 8));
            PowerCutDirectory found = with(damaged);
            List<JournalEntry> now;
            try (FileJournal journal = FileJournal.open(found, SMALL)) {
                assertThat(everKept).as("byte %s", at).containsAll(journal.entries());
                assertThat(journal.size()).as("byte %s", at).isGreaterThanOrEqualTo(entries.size() - 1);
                assertThat(quarantined(found)).as("byte %s", at).contains(damaged[at]);
                now = journal.entries();
            }
            assertReopens(found, now);
        }
    }

    @Test
    void countsDamageBeforeTheEndOfAClosedJournal() throws IOException {
        byte[] bytes = directory.bytes(segment);
        List<LogScan.Found> records = scan(bytes);
        for (LogScan.Found record : records.subList(0, records.size() - 1)) {
            byte[] damaged = bytes.clone();
            damaged[record.where().offset() + 9] ^= 1;
            try (FileJournal journal = FileJournal.open(with(damaged), SMALL)) {
                assertThat(journal.damagedCount()).isEqualTo(1);
            }
        }
    }

    @Test
    void keepsWhatIsBeforeTheByteAtWhichItIsCutOff() throws IOException {
        byte[] bytes = directory.bytes(segment);
        int before = 0;
        for (int length = 0; length <= bytes.length; length++) {
            try (FileJournal journal = FileJournal.open(with(Arrays.copyOf(bytes, length)), SMALL)) {
                assertThat(everKept).as("length %s", length).containsAll(journal.entries());
                assertThat(journal.damagedCount()).as("length %s", length).isZero();
                int records = scan(Arrays.copyOf(bytes, length)).size();
                assertThat(records).isGreaterThanOrEqualTo(before);
                before = records;
            }
        }
        assertThat(before).isEqualTo(scan(bytes).size());
    }

    @Test
    void findsTheRecordsAroundAStretchOfZerosOrNoise() throws IOException {
        byte[] bytes = directory.bytes(segment);
        List<LogScan.Found> records = scan(bytes);
        int from = records.get(2).where().offset();
        int to = records.get(4).where().end();
        byte[] zeros = bytes.clone();
        Arrays.fill(zeros, from, to, (byte) 0);
        byte[] noise = bytes.clone();
        byte[] random = new byte[to - from];
        new Random(20261123).nextBytes(random);
        System.arraycopy(random, 0, noise, from, random.length);
        for (byte[] damaged : List.of(zeros, noise)) {
            PowerCutDirectory found = with(damaged);
            try (FileJournal journal = FileJournal.open(found, SMALL)) {
                assertThat(journal.entries()).extracting(JournalEntry::id).containsExactly("1", "4");
                assertThat(journal.damagedCount()).isEqualTo(1);
                assertThat(quarantined(found)).contains(Arrays.copyOfRange(damaged, from, to));
            }
        }
    }

    @Test
    void keepsASegmentOfANewerReleaseApart() throws IOException {
        byte[] bytes = directory.bytes(segment);
        for (LogScan.Found record : scan(bytes)) {
            bytes[record.where().offset() + Integer.BYTES] = LogRecord.VERSION + 1;
        }
        PowerCutDirectory found = with(bytes);
        try (FileJournal journal = FileJournal.open(found, SMALL)) {
            assertThat(journal.entries()).isEmpty();
            assertThat(quarantined(found)).contains(bytes[0], bytes[1], bytes[2], bytes[3], bytes[4]);
        }
    }

    @Test
    void takesNoRecordOfAnotherSegment() throws IOException {
        PowerCutDirectory found = new PowerCutDirectory();
        found.set(LogSegment.name(7), directory.bytes(segment));
        try (FileJournal journal = FileJournal.open(found, SMALL)) {
            assertThat(journal.entries()).isEmpty();
        }
    }

    @Test
    void keepsTheSameDamageOnceAndNoMoreThanSomeFiles() throws IOException {
        byte[] damaged = directory.bytes(segment);
        damaged[100] ^= 1;
        PowerCutDirectory found = with(damaged);
        FileJournal.open(found, SMALL).close();
        found.set(segment, damaged);
        FileJournal.open(found, SMALL).close();
        assertThat(quarantineFiles(found)).hasSize(1);
        for (int i = 0; i < Quarantine.MAX_FILES; i++) {
            found.set(Quarantine.PREFIX + i, new byte[0]);
        }
        damaged[100] ^= 2;
        found.set(segment, damaged);
        try (FileJournal journal = FileJournal.open(found, SMALL)) {
            assertThat(journal.damagedCount()).isEqualTo(1);
        }
        assertThat(quarantineFiles(found)).hasSize(Quarantine.MAX_FILES + 1);
    }

    @Test
    void keepsDamageWholeOfWhichAPowerCutHasLeftOnlyTheBeginning() throws IOException {
        byte[] damaged = directory.bytes(segment);
        damaged[100] ^= 1;
        PowerCutDirectory found = with(damaged);
        FileJournal.open(found, SMALL).close();
        byte[] whole = quarantined(found);
        found.set(quarantineFiles(found).get(0), new byte[0]);
        found.set(segment, damaged);
        FileJournal.open(found, SMALL).close();
        assertThat(quarantined(found)).isEqualTo(whole).isNotEmpty();
    }

    @Test
    void leavesFilesOfOthersAlone() throws IOException {
        PowerCutDirectory found = with(directory.bytes(segment));
        found.set("notes.txt", new byte[] {1});
        found.set("journal-x.log", new byte[] {2});
        found.set(LogSegment.unfinishedName(9), new byte[] {3});
        try (FileJournal journal = FileJournal.open(found, SMALL)) {
            assertThat(journal.entries()).isEqualTo(entries);
        }
        assertThat(found.names()).containsExactlyInAnyOrder("notes.txt", "journal-x.log", LogSegment.name(10));
    }

    /** Guards the format: what version 1 has written once must be read by all later releases. */
    @Test
    void readsTheBytesThatVersionOneWrote() {
        JournalEntry entry = missed(write("1", "a")).withGeneration(5);
        byte[] bytes = HexFormat.of().parseHex(VERSION_ONE);
        assertThat(HexFormat.of().formatHex(LogRecord.put(entry).framed(3))).isEqualTo(VERSION_ONE);
        LogRecord record = LogRecord.at(bytes, 0, 3);
        assertThat(record).isNotNull();
        assertThat(EntryFormat.decode(record.payload())).isEqualTo(entry);
    }

    private List<LogScan.Found> scan(byte[] bytes) {
        Long number = LogSegment.number(segment);
        assertThat(number).isNotNull();
        return LogScan.of(bytes, number).records();
    }

    private PowerCutDirectory with(byte[] bytes) {
        PowerCutDirectory found = new PowerCutDirectory();
        found.set(segment, bytes);
        return found;
    }

    private static void assertReopens(PowerCutDirectory found, List<JournalEntry> expected) throws IOException {
        try (FileJournal journal = FileJournal.open(found, SMALL)) {
            assertThat(journal.entries()).isEqualTo(expected);
            assertThat(journal.damagedCount()).isZero();
        }
    }

    private static List<String> quarantineFiles(PowerCutDirectory found) {
        return found.names().stream()
                .filter(name -> name.startsWith(Quarantine.PREFIX))
                .toList();
    }

    /** Returns the bytes of all quarantine files without what says where they were. */
    private static byte[] quarantined(PowerCutDirectory found) {
        ByteBuffer all = ByteBuffer.allocate(1 << 16);
        quarantineFiles(found).stream().map(found::bytes).forEach(bytes -> {
            ByteBuffer file = ByteBuffer.wrap(bytes);
            while (file.hasRemaining()) {
                long offset = file.getLong();
                assertThat(offset).isNotNegative();
                byte[] stretch = new byte[file.getInt()];
                file.get(stretch);
                all.put(stretch);
            }
        });
        return Arrays.copyOf(all.array(), all.position());
    }
}
