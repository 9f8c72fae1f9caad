package io.parallelwrite.s3;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Tells which S3 clients a target can keep its promises with.
 *
 * <p>Classes are recognised by name: none of them need be on the class path.
 */
final class S3Clients {

    private static final String ENCRYPTING = "software.amazon.encryption.s3.";
    private static final String NATIVE = "software.amazon.awssdk.services.s3.internal.crt.";
    private static final String SPLITTING = "software.amazon.awssdk.services.s3.internal.multipart.";

    private S3Clients() {}

    /**
     * Returns the client to use: the one given, or the one inside when the outer one would split what is already a part.
     *
     * @throws IllegalArgumentException if the client, or one it delegates to, cannot be used; says why and what to do
     */
    static S3AsyncClient usable(String target, S3AsyncClient client) {
        for (SdkClient inner = client; inner != null; inner = delegate(inner)) {
            check(target, inner.getClass());
        }
        S3AsyncClient usable = client;
        while (isA(usable.getClass(), SPLITTING) && delegate(usable) instanceof S3AsyncClient inner) {
            usable = inner;
        }
        return usable;
    }

    private static @Nullable SdkClient delegate(SdkClient client) {
        return client instanceof DelegatingS3AsyncClient delegating ? delegating.delegate() : null;
    }

    private static void check(String target, Class<?> type) {
        if (isA(type, ENCRYPTING)) {
            throw new IllegalArgumentException("Target '" + target + "' cannot use the encrypting client "
                    + type.getName() + ": it sends other bytes than it is given, so no checksum can be compared, and it"
                    + " takes parts only one after the other. Use serverSideEncryption, or serve this location by a"
                    + " TargetFactory of your own, for example with a WritableResource that encrypts");
        }
        if (isA(type, NATIVE)) {
            throw new IllegalArgumentException("Target '" + target + "' cannot use the CRT-based client "
                    + type.getName() + ": it has no time limit for single requests and splits objects by itself. Build"
                    + " one with S3AsyncClient.builder()");
        }
    }

    private static boolean isA(Class<?> type, String packagePrefix) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            if (c.getName().startsWith(packagePrefix)) {
                return true;
            }
        }
        return false;
    }
}
