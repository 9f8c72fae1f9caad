package io.parallelwrite.s3;

import java.util.List;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/**
 * Counts how often the SDK sent one request again on its own, after an answer that was lost or late: the first may have been
 * applied as well. Nothing but its metrics tells.
 *
 * <p>Known when the future of the request completes. Thread-safe; nothing blocks.
 */
final class RetryCount implements MetricPublisher {

    private volatile int count; // written before the future completes, read after it has

    @Override
    public void publish(MetricCollection call) {
        List<Integer> counts = call.metricValues(CoreMetric.RETRY_COUNT);
        count = counts.isEmpty() ? 0 : counts.get(0);
    }

    /** Tells whether the request was sent more than once. */
    boolean isPositive() {
        return count > 0;
    }

    @Override
    public void close() {}
}
