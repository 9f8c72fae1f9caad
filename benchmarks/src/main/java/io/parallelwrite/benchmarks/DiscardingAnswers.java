package io.parallelwrite.benchmarks;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What S3 would answer, as far as a client that writes looks at it: an upload id, an entity tag, and the checksum the
 * client sent.
 */
final class DiscardingAnswers {

    private static final String CRC32C = "x-amz-checksum-crc32c";
    private static final String ETAG = "\"00000000000000000000000000000000\"";

    private DiscardingAnswers() {}

    static byte[] to(RequestHead request) {
        return switch (request.method()) {
            case "PUT" -> text("200 OK", "ETag: " + ETAG + "\r\n" + checksumHeaders(request), "");
            case "POST" -> toPost(request);
            case "DELETE" -> text("204 No Content", "", "");
            case "GET", "HEAD" -> text("404 Not Found", "", "");
            default -> text("405 Method Not Allowed", "", "");
        };
    }

    private static byte[] toPost(RequestHead request) {
        if (request.query().containsKey("uploads")) {
            return xml("InitiateMultipartUploadResult", element("UploadId", "upload"));
        }
        if (request.query().containsKey("uploadId")) {
            String crc32c = request.header(CRC32C);
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
