package io.parallelwrite.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A system call that changes a disk or makes it durable, or says something to the caller, as strace has recorded it.
 *
 * @param name of the call
 * @param texts its strings, decoded; of descriptors, what they are open for
 * @param rest all of it, for numbers and flags
 * @param result what it returned
 */
record DiskCall(String name, List<byte[]> texts, String rest, long result) {

    static final List<String> OPTIONS = List.of(
            "-y",
            "-xx",
            "-s",
            "3000000",
            "--seccomp-bpf",
            "-e",
            "trace=openat,write,pwrite64,fsync,fdatasync,rename,link,unlink,mkdir,rmdir,ftruncate");

    private static final Pattern LINE = Pattern.compile("^(\\d+) +(.*)$", Pattern.DOTALL);
    private static final Pattern RESUMED = Pattern.compile("^<\\.\\.\\. \\w+ resumed>(.*)$", Pattern.DOTALL);
    private static final Pattern WHOLE = Pattern.compile("^(\\w+)\\((.*)\\) += (-?\\d+).*$", Pattern.DOTALL);
    private static final Pattern TEXT = Pattern.compile("\"((?:\\\\x[0-9a-f]{2})*)\"|\\d+<([^>]*)>");
    private static final String UNFINISHED = " <unfinished ...>";

    /** Reads a record, in the order in which calls returned. */
    static List<DiskCall> read(Path record) throws IOException {
        List<DiskCall> calls = new ArrayList<>();
        Map<String, String> begun = new HashMap<>();
        try (Stream<String> lines = Files.lines(record, StandardCharsets.ISO_8859_1)) {
            lines.map(LINE::matcher).filter(Matcher::find).forEach(line -> {
                String thread = line.group(1);
                String text = line.group(2);
                Matcher resumed = RESUMED.matcher(text);
                if (text.endsWith(UNFINISHED)) {
                    begun.put(thread, text.substring(0, text.length() - UNFINISHED.length()));
                } else if (resumed.find()) {
                    add(begun.getOrDefault(thread, "") + resumed.group(1), calls);
                } else {
                    add(text, calls);
                }
            });
        }
        return calls;
    }

    private static void add(String text, List<DiskCall> calls) {
        Matcher whole = WHOLE.matcher(text);
        if (whole.find() && !whole.group(3).startsWith("-")) { // what failed has changed nothing
            List<byte[]> texts = new ArrayList<>();
            Matcher string = TEXT.matcher(whole.group(2));
            while (string.find()) {
                texts.add(decoded(string.group(1) != null ? string.group(1) : string.group(2)));
            }
            calls.add(new DiskCall(whole.group(1), texts, whole.group(2), Long.parseLong(whole.group(3))));
        }
    }

    private static byte[] decoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() / 4);
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\x", i)) {
                bytes.write(Integer.parseInt(text, i + 2, i + 4, 16));
                i += 3;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toByteArray();
    }

    /** Returns a string as a path below a root, or {@code null} if it is elsewhere. */
    @Nullable
    Path below(Path root, int index) {
        if (index >= texts.size()) {
            return null;
        }
        String text = new String(texts.get(index), StandardCharsets.UTF_8);
        return text.startsWith(root + "/") || text.equals(root.toString()) ? Path.of(text) : null;
    }

    /** Returns the last number among the arguments. */
    long lastNumber() {
        return Long.parseLong(rest.substring(rest.lastIndexOf(", ") + 2).strip());
    }

    /** Returns the number of the descriptor that is the first argument. */
    int descriptor() {
        return Integer.parseInt(rest.substring(0, rest.indexOf('<')));
    }

    /** Tells whether this told the caller that the change is made. */
    boolean acknowledges() {
        return name.equals("write")
                && rest.startsWith("1<")
                && new String(texts.get(1), StandardCharsets.UTF_8).startsWith(ChildWrite.SAID + "COMMITTED");
    }
}
