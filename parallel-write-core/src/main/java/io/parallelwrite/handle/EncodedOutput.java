package io.parallelwrite.handle;

import java.io.OutputStream;
import java.nio.charset.Charset;

/**
 * A stream that takes text in a charset of its own.
 *
 * @param stream takes the bytes
 * @param charset what it takes them in
 */
public record EncodedOutput(OutputStream stream, Charset charset) {}
