package io.parallelwrite.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileFailureTests {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new IOException("No space left on device"), FileFailure.FULL),
                Arguments.of(systemSays("No space left on device"), FileFailure.FULL),
                Arguments.of(new IOException("There is not enough space on the disk"), FileFailure.FULL),
                Arguments.of(new IOException("Disk quota exceeded"), FileFailure.QUOTA),
                Arguments.of(systemSays("Disk quota exceeded"), FileFailure.QUOTA),
                Arguments.of(new IOException("Input/output error"), FileFailure.DEVICE),
                Arguments.of(systemSays("Input/output error"), FileFailure.DEVICE),
                Arguments.of(systemSays("Read-only file system"), FileFailure.READ_ONLY),
                Arguments.of(new IOException("Read-only file system"), FileFailure.READ_ONLY),
                Arguments.of(new AccessDeniedException("/data/a"), FileFailure.DENIED),
                Arguments.of(new IOException("Permission denied"), FileFailure.DENIED),
                Arguments.of(systemSays("Operation not permitted"), FileFailure.DENIED),
                Arguments.of(systemSays("Too many open files"), FileFailure.TOO_MANY_OPEN),
                Arguments.of(systemSays("File name too long"), FileFailure.NAME_TOO_LONG),
                Arguments.of(new IOException("File too large"), FileFailure.TOO_LARGE),
                Arguments.of(
                        new IOException("Too many levels of symbolic links (NOFOLLOW_LINKS specified)"),
                        FileFailure.SYMBOLIC_LINK),
                Arguments.of(systemSays("Not a directory"), FileFailure.PARENT_IS_A_FILE),
                Arguments.of(systemSays("Is a directory"), FileFailure.IS_A_DIRECTORY),
                Arguments.of(systemSays("Stale file handle"), FileFailure.STALE));
    }

    private static FileSystemException systemSays(String reason) {
        return new FileSystemException("/data/a", null, reason);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void recognisesWhatTheSystemSays(IOException e, FileFailure expected) {
        assertThat(FileFailure.of(e)).isEqualTo(expected);
        assertThat(FileFailure.explain("write", Path.of("/data/a"), e))
                .startsWith("Cannot write '/data/a': ")
                .doesNotContain("Exception");
    }

    @Test
    void isNotDeceivedByTheNameOfTheFile() {
        IOException e = new FileSystemException("/data/No space left on device", null, "Something else");
        assertThat(FileFailure.of(e)).isNull();
        assertThat(FileFailure.of(new NoSuchFileException("/data/is a directory")))
                .isNull();
    }

    @Test
    void reportsWhatItDoesNotRecogniseAsItIs() {
        assertThat(FileFailure.explain("write", Path.of("/a"), new IOException("Gremlins")))
                .isEqualTo("Cannot write '/a': IOException: Gremlins");
        assertThat(FileFailure.explain("write", Path.of("/a"), new IOException()))
                .isEqualTo("Cannot write '/a': java.io.IOException");
        assertThat(FileFailure.explained("write", Path.of("/a"), new NoSuchFileException("/b")))
                .hasMessage("Cannot write '/a': '/b' does not exist; is its disk mounted?");
    }
}
