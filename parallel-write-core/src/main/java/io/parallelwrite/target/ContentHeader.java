package io.parallelwrite.target;

/** An HTTP header that describes content and that a target may keep beside the bytes. */
public enum ContentHeader {
    /** {@code Content-Type}: the media type, as in {@code text/csv}. */
    CONTENT_TYPE,
    /** {@code Content-Encoding}, as in {@code gzip}. */
    CONTENT_ENCODING,
    /** {@code Content-Disposition}, as in {@code attachment; filename="a.csv"}. */
    CONTENT_DISPOSITION,
    /** {@code Content-Language}, as in {@code en}. */
    CONTENT_LANGUAGE,
    /** {@code Cache-Control}, as in {@code max-age=3600}. */
    CACHE_CONTROL
}
