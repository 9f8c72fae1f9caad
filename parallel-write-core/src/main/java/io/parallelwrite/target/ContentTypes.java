package io.parallelwrite.target;

import java.net.URLConnection;
import java.util.Locale;
import java.util.Map;

/** Guesses the media type of an object from the extension of its name. */
final class ContentTypes {

    private static final String UNKNOWN = "application/octet-stream";

    /** Common types the JDK's own table lacks on some of its versions. */
    private static final Map<String, String> MORE = Map.ofEntries(
            Map.entry("avro", "application/vnd.apache.avro"),
            Map.entry("css", "text/css"),
            Map.entry("csv", "text/csv"),
            Map.entry("gz", "application/gzip"),
            Map.entry("js", "text/javascript"),
            Map.entry("json", "application/json"),
            Map.entry("md", "text/markdown"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("ndjson", "application/x-ndjson"),
            Map.entry("parquet", "application/vnd.apache.parquet"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("webp", "image/webp"),
            Map.entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            Map.entry("yaml", "application/yaml"),
            Map.entry("yml", "application/yaml"),
            Map.entry("zip", "application/zip"));

    private ContentTypes() {}

    static String of(String fileName) {
        if (fileName.indexOf('.') < 0) {
            return UNKNOWN;
        }
        String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String known = MORE.get(extension);
        if (known != null) {
            return known;
        }
        String guessed = URLConnection.getFileNameMap().getContentTypeFor("x." + extension);
        return guessed != null ? guessed : UNKNOWN;
    }
}
