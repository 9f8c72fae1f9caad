package io.parallelwrite.benchmarks;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * Sees how much heap is used before and after each garbage collection while it is open. Usage is highest right before
 * one, so the peak is exact but for the time since the last; {@link #peakBytes()} looks at that too.
 *
 * <p>Thread-safe: notifications come on a thread of the JVM.
 */
final class HeapWatch implements AutoCloseable, NotificationListener {

    private static final Set<String> HEAP_POOLS = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());

    // mutable, guarded by this
    private long peakBytes;
    private long peakAfterGcBytes;

    HeapWatch() {
        System.gc(); // what came before is not counted
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector).addNotificationListener(this, null, null);
        }
    }

    @Override
    public void handleNotification(Notification notification, Object handback) {
        if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            GcInfo info = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
                    .getGcInfo();
            saw(heapBytes(info.getMemoryUsageBeforeGc()), heapBytes(info.getMemoryUsageAfterGc()));
        }
    }

    private synchronized void saw(long before, long after) {
        peakBytes = Math.max(peakBytes, before);
        peakAfterGcBytes = Math.max(peakAfterGcBytes, after);
    }

    private static long heapBytes(Map<String, MemoryUsage> pools) {
        return pools.entrySet().stream()
                .filter(pool -> HEAP_POOLS.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
    }

    /** Returns the most that was used at once, garbage included. */
    synchronized long peakBytes() {
        long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return Math.max(peakBytes, now);
    }

    /** Returns the most that a collection left: what was needed, and garbage that had grown old. */
    synchronized long peakAfterGcBytes() {
        return peakAfterGcBytes;
    }

    @Override
    public void close() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            try {
                ((NotificationEmitter) collector).removeNotificationListener(this);
            } catch (ListenerNotFoundException e) {
                throw new IllegalStateException("It was added when the watch began", e);
            }
        }
    }
}
