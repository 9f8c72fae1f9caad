package io.parallelwrite.target;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a target that keeps attributes stores beside the bytes; targets that keep none, such as a disk, ignore it.
 *
 * @param headers the HTTP headers that describe the content
 * @param metadata the caller's own names and values
 */
public record ContentAttributes(Map<ContentHeader, String> headers, Map<String, String> metadata) {

    /** No attributes at all. */
    public static final ContentAttributes NONE = new ContentAttributes(Map.of(), Map.of());

    /**
     * Returns these attributes with a media type, guessed from the extension of the path if none was given.
     *
     * @param path the path of the object
     * @return attributes that have a {@link ContentHeader#CONTENT_TYPE}
     */
    public ContentAttributes withGuessedContentType(TargetPath path) {
        return headers.containsKey(ContentHeader.CONTENT_TYPE)
                ? this
                : withHeader(ContentHeader.CONTENT_TYPE, ContentTypes.of(path.fileName()));
    }

    /** Copies the maps. */
    public ContentAttributes {
        headers = Map.copyOf(headers);
        metadata = Map.copyOf(metadata);
    }

    /**
     * Returns one header.
     *
     * @param header which
     * @return its value, or {@code null} if it was not given
     */
    public @Nullable String header(ContentHeader header) {
        return headers.get(header);
    }

    /**
     * Returns these attributes with one header set.
     *
     * @param header which
     * @param value its value
     * @return new attributes
     */
    public ContentAttributes withHeader(ContentHeader header, String value) {
        return new ContentAttributes(added(headers, header, value), metadata);
    }

    /**
     * Returns these attributes with one entry of metadata set.
     *
     * @param name its name
     * @param value its value
     * @return new attributes
     */
    public ContentAttributes withMetadata(String name, String value) {
        return new ContentAttributes(headers, added(metadata, name, value));
    }

    private static <K> Map<K, String> added(Map<K, String> map, K key, String value) {
        Map<K, String> changed = new LinkedHashMap<>(map);
        changed.put(key, value);
        return changed;
    }
}
