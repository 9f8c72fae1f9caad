package io.parallelwrite.benchmarks;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first line and the headers of an HTTP request.
 *
 * @param method as in {@code PUT}
 * @param path the path without the query
 * @param query the names and values of the query, not decoded
 * @param headers by name in lower case
 */
record RequestHead(String method, String path, Map<String, String> query, Map<String, String> headers) {

    static RequestHead parse(String text) {
        String[] lines = text.strip().split("\r\n", -1);
        String[] first = lines[0].split(" ", -1);
        if (first.length != 3) {
            throw new IllegalArgumentException("Not an HTTP request: " + lines[0]);
        }
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        int question = first[1].indexOf('?');
        return question < 0
                ? new RequestHead(first[0], first[1], Map.of(), headers)
                : new RequestHead(
                        first[0], first[1].substring(0, question), query(first[1].substring(question + 1)), headers);
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            query.put(equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1));
        }
        return query;
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /** Returns how many bytes follow the head. */
    long bodyByteCount() {
        if (headers.containsKey("transfer-encoding")) {
            throw new IllegalArgumentException("A body without a length is not understood");
        }
        return Long.parseLong(headers.getOrDefault("content-length", "0"));
    }

    /** Returns how many bytes of an object those are, without what frames them. */
    long contentByteCount() {
        String decoded = header("x-amz-decoded-content-length");
        return decoded == null ? bodyByteCount() : Long.parseLong(decoded);
    }

    boolean expectsContinue() {
        return "100-continue".equalsIgnoreCase(header("expect"));
    }
}
