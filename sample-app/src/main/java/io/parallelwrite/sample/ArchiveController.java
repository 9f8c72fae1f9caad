package io.parallelwrite.sample;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.compare.Comparison;
import io.parallelwrite.compare.ParallelResourceReader;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.target.InvalidTargetPathException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriUtils;

/**
 * The archive over HTTP: {@code PUT}, {@code GET} and {@code DELETE} of {@code /archive/<path>}, comparisons, and
 * the list.
 *
 * <p>Called on the web server's request threads, one per request. An upload blocks its thread while the slowest target's
 * buffer is full, which slows the client down through TCP; nothing is held in memory beyond the writer's buffers.
 *
 * <p>Thread-safe.
 */
@RestController
@RequestMapping("/archive")
final class ArchiveController {

    /** The header of a download that names the target whose copy it is. */
    static final String SERVED_BY_HEADER = "X-Served-By";

    /** The header of a download that names the targets passed over before, and why. */
    static final String PASSED_OVER_HEADER = "X-Passed-Over";

    private final ParallelResourceWriter writer;
    private final ParallelResourceReader reader;
    private final UploadReceipts receipts;

    ArchiveController(ParallelResourceWriter writer, ParallelResourceReader reader, UploadReceipts receipts) {
        this.writer = writer;
        this.reader = reader;
        this.receipts = receipts;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    List<ArchivedFile> list() throws IOException {
        try (Stream<Comparison> entries = reader.list("")) {
            return entries.map(ArchivedFile::of).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause(); // in the middle of a target's list
        }
    }

    @PutMapping(path = "/{*path}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<WriteResultJson> upload(@PathVariable String path, HttpServletRequest request)
            throws ParallelWriteException {
        WriteResultJson receipt = WriteResultJson.of(write(relative(path, request), request));
        receipts.keep(receipt);
        return ResponseEntity.created(linkTo(receipt.path())).body(receipt);
    }

    private WriteResult write(String path, HttpServletRequest request) throws ParallelWriteException {
        try {
            return writer.write(path, request.getInputStream(), UploadOptions.of(request));
        } catch (ParallelWriteException e) {
            throw e;
        } catch (IOException e) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "The content could not be read to its end; nothing was stored", e);
        }
    }

    @GetMapping("/{*path}")
    ResponseEntity<Resource> download(@PathVariable String path, HttpServletRequest request) throws IOException {
        OpenCopy copy = OpenCopy.open(reader, relative(path, request));
        closeAfterAnswer(copy);
        HttpHeaders headers = new HttpHeaders();
        headers.set(SERVED_BY_HEADER, copy.servedBy());
        if (!copy.passedOver().isEmpty()) {
            headers.set(PASSED_OVER_HEADER, copy.passedOver());
        }
        headers.setContentDisposition(ContentDisposition.inline() // or Spring would give it a name it thinks harmless
                .filename(String.valueOf(copy.getFilename()), StandardCharsets.UTF_8)
                .build());
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", "sandbox"); // an archived page must not act as one of ours
        return ResponseEntity.ok()
                .headers(headers)
                .contentType(MediaTypeFactory.getMediaType(copy).orElse(MediaType.APPLICATION_OCTET_STREAM))
                .body(copy);
    }

    /** Not every answer reads what it was given: to a range that does not exist, for example, it says so. */
    private static void closeAfterAnswer(OpenCopy copy) {
        Runnable close = () -> {
            try {
                copy.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        RequestContextHolder.currentRequestAttributes()
                .registerDestructionCallback(copy.getDescription(), close, RequestAttributes.SCOPE_REQUEST);
    }

    @GetMapping(path = "/{*path}", params = "compare", produces = MediaType.APPLICATION_JSON_VALUE)
    ComparisonJson compare(@PathVariable String path, HttpServletRequest request) throws IOException {
        Comparison comparison = reader.compare(relative(path, request));
        return ComparisonJson.of(comparison, receipts.find(comparison.path()));
    }

    @DeleteMapping(path = "/{*path}", produces = MediaType.APPLICATION_JSON_VALUE)
    WriteResultJson delete(@PathVariable String path, HttpServletRequest request) throws IOException {
        WriteResult result = writer.delete(relative(path, request));
        receipts.forget(result.path());
        return WriteResultJson.of(result);
    }

    /** Returns the path without the slash that the pattern captures with it. The writer checks the rest. */
    private static String relative(String captured, HttpServletRequest request) {
        String path = captured.isEmpty() ? captured : captured.substring(1);
        if (request.getRequestURI().indexOf(';') >= 0) {
            // Spring cuts what follows, so this would be another path than the one the client wrote.
            throw new InvalidTargetPathException(path, "it has a bare ';'; percent-encode it");
        }
        return path;
    }

    private static URI linkTo(String path) {
        return URI.create(Stream.of(path.split("/"))
                .map(segment -> UriUtils.encode(segment, StandardCharsets.UTF_8))
                .collect(Collectors.joining("/", "/archive/", "")));
    }
}
