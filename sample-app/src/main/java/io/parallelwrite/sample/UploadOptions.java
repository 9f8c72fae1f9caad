package io.parallelwrite.sample;

import io.parallelwrite.WriteOptions;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ChecksumAlgorithm;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.server.ResponseStatusException;

/** Reads what a client says about its upload from the headers of the request. */
final class UploadOptions {

    /** The header that declares the SHA-256 of the body, in hexadecimal digits. */
    static final String SHA256_HEADER = "X-Checksum-SHA256";

    private UploadOptions() {}

    /**
     * Returns the options of the write.
     *
     * <p>A media type of an HTML form is what {@code curl --data-binary} says of any file, so it is not taken for the
     * file's; the extension of the name decides then.
     *
     * @param request an upload
     * @return media type, size, checksum, and whether an existing object may be replaced, as far as the client says
     */
    static WriteOptions of(HttpServletRequest request) {
        WriteOptions options = WriteOptions.none().withCreateOnly(isCreateOnly(request));
        String contentType = request.getContentType();
        if (contentType != null && !contentType.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)) {
            options = options.withContentType(contentType);
        }
        if (request.getContentLengthLong() >= 0) {
            options = options.withExpectedByteCount(request.getContentLengthLong());
        }
        String sha256 = request.getHeader(SHA256_HEADER);
        return sha256 == null ? options : options.withExpectedChecksum(sha256(sha256));
    }

    private static boolean isCreateOnly(HttpServletRequest request) {
        String ifNoneMatch = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        if (ifNoneMatch != null && !ifNoneMatch.equals("*")) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST,
                    "Of If-None-Match only '*' is understood, which means: create, do not replace");
        }
        return ifNoneMatch != null;
    }

    private static Checksum sha256(String hex) {
        try {
            return new Checksum(ChecksumAlgorithm.SHA256, hex);
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, SHA256_HEADER + ": " + e.getMessage(), e);
        }
    }
}
