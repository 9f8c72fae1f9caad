package io.parallelwrite.sample;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.target.InvalidTargetPathException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
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
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriUtils;

/**
 * The archive over HTTP: {@code PUT}, {@code GET} and {@code DELETE} of {@code /archive/<path>}, and the list.
 *
 * <p>Called on the web server's request threads, one per request. An upload blocks its thread while the slowest target's
 * buffer is full, which slows the client down through TCP; nothing is held in memory beyond the writer's buffers.
 *
 * <p>Thread-safe.
 */
@RestController
@RequestMapping("/archive")
final class ArchiveController {

    private final ParallelResourceWriter writer;
    private final ArchiveListing listing;

    ArchiveController(ParallelResourceWriter writer, ArchiveListing listing) {
        this.writer = writer;
        this.listing = listing;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    List<ArchivedFile> list() throws IOException {
        return listing.list();
    }

    @PutMapping(path = "/{*path}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<WriteResultJson> upload(@PathVariable String path, HttpServletRequest request)
            throws ParallelWriteException {
        WriteResult result = write(relative(path, request), request);
        return ResponseEntity.created(linkTo(result.path())).body(WriteResultJson.of(result));
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
        Resource object = writer.resource(relative(path, request));
        return ResponseEntity.ok()
                .contentLength(object.contentLength()) // throws if no target holds it, or none can be asked
                .contentType(MediaTypeFactory.getMediaType(object).orElse(MediaType.APPLICATION_OCTET_STREAM))
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox") // an archived page must not act as one of ours
                .body(object);
    }

    @DeleteMapping(path = "/{*path}", produces = MediaType.APPLICATION_JSON_VALUE)
    WriteResultJson delete(@PathVariable String path, HttpServletRequest request) throws IOException {
        return WriteResultJson.of(writer.delete(relative(path, request)));
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
