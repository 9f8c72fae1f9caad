package io.parallelwrite.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What S3 would answer, as far as a client that writes looks at it: an upload id, an entity tag, the checksum the client
 * sent, and how long an object is.
 *
 * <p>Only lengths are kept. Thread-safe.
 */
final class DiscardingAnswers {

    private static final String CRC32C = "x-amz-checksum-crc32c";
    /** That of an object in parts, which no client takes for an MD5 of the content. */
    private static final String ETAG = "\"00000000000000000000000000000000-1\"";

    private final Map<String, Long> lengths = new ConcurrentHashMap<>();
    private final Map<String, Long> uploads = new ConcurrentHashMap<>();

    byte[] to(RequestHead request) {
        return switch (request.method()) {
            case "PUT" -> toPut(request);
            case "POST" -> toPost(request);
            case "DELETE" -> toDelete(request);
            case "HEAD" -> toHead(request);
            case "GET" -> text("404 Not Found", "", "");
            default -> text("405 Method Not Allowed", "", "");
        };
    }

    private byte[] toPut(RequestHead request) {
        if (request.query().containsKey("partNumber")) {
            uploads.merge(request.path(), request.contentByteCount(), Long::sum);
        } else {
            lengths.put(request.path(), request.contentByteCount());
        }
        return text("200 OK", "ETag: " + ETAG + "\r\n" + checksumHeaders(request), "");
    }

    private byte[] toDelete(RequestHead request) {
        lengths.remove(request.path());
        uploads.remove(request.path());
        return text("204 No Content", "", "");
    }

    private byte[] toHead(RequestHead request) {
        Long length = lengths.get(request.path());
        return length == null
                ? text("404 Not Found", "", "")
                : ("HTTP/1.1 200 OK\r\nETag: " + ETAG + "\r\nLast-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\n"
                                + "Content-Length: " + length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] toPost(RequestHead request) {
        if (request.query().containsKey("uploads")) {
            return xml("InitiateMultipartUploadResult", element("UploadId", "upload"));
        }
        if (request.query().containsKey("uploadId")) {
            String crc32c = request.header(CRC32C);
            Long length = uploads.remove(request.path());
            lengths.put(request.path(), length == null ? 0 : length);
            return xml(
                    "CompleteMultipartUploadResult",
                    element("ETag", ETAG)
                            + element("ChecksumCRC32C", crc32c)
                            + element("ChecksumType", crc32c == null ? null : "FULL_OBJECT"));
        }
        return text("400 Bad Request", "", "");
    }

    private static String checksumHeaders(RequestHead request) {
        String crc32c = request.header(CRC32C);
        return crc32c == null ? "" : CRC32C + ": " + crc32c + "\r\nx-amz-checksum-type: FULL_OBJECT\r\n";
    }

    private static String element(String name, @Nullable String value) {
        return value == null ? "" : "<" + name + ">" + value + "</" + name + ">";
    }

    private static byte[] xml(String root, String elements) {
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + "<" + root
                + " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" + elements + "</" + root + ">";
        return text("200 OK", "Content-Type: application/xml\r\n", body);
    }

    /** A 204 must not have a length. */
    private static byte[] text(String status, String headers, String body) {
        String length = status.startsWith("204") ? "" : "Content-Length: " + body.length() + "\r\n";
        return ("HTTP/1.1 " + status + "\r\n" + headers + length + "\r\n" + body).getBytes(StandardCharsets.US_ASCII);
    }
}
