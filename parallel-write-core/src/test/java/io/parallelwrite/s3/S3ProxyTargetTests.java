package io.parallelwrite.s3;

/** The contract against S3Proxy, in this JVM. */
class S3ProxyTargetTests extends S3TargetContract {

    private static final class Shared {
        static final S3Server SERVER = start();

        private static S3Server start() {
            try {
                return new S3Server(EmbeddedS3.started("local", "local-secret"), "local", "local-secret");
            } catch (Exception e) {
                throw new IllegalStateException("S3Proxy did not start", e);
            }
        }
    }

    @Override
    S3Server server() {
        return Shared.SERVER;
    }

    /** It sorts keys as Java sorts strings. */
    @Override
    protected boolean listsByBytes() {
        return false;
    }
}
