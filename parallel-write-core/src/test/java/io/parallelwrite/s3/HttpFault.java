package io.parallelwrite.s3;

import io.parallelwrite.s3.FaultServer.Fault;
import io.parallelwrite.s3.FaultServer.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One case of the matrix: what is done, which request of it is spoiled, and how.
 *
 * @param action what is done
 * @param trigger what else must go wrong once so that the request is made at all, or {@code null}
 * @param kind which requests are spoiled
 * @param fault how they are spoiled
 * @param lasting whether that is so from then on, or once
 * @param forgetful whether the server answers a second completion with {@code NoSuchUpload}
 * @param any whether one target is enough
 */
record HttpFault(
        Action action,
        @Nullable Trigger trigger,
        Kind kind,
        Fault fault,
        boolean lasting,
        boolean forgetful,
        boolean any) {

    /** What is done with two targets, one of which is S3. */
    enum Action {
        PUT,
        PUT_CREATE_ONLY,
        MULTIPART,
        DELETE,
        READ,
        STAT,
        LIST,
        REPAIR_TO_S3,
        REPAIR_FROM_S3;

        boolean isRepair() {
            return this == REPAIR_TO_S3 || this == REPAIR_FROM_S3;
        }
    }

    /** A fault that brings about requests nothing else brings about. */
    record Trigger(Kind kind, Fault fault, int times) {}

    /** The other faults are refusals like {@code FORBIDDEN}. */
    private static final Set<Fault> FAULTS = EnumSet.complementOf(
            EnumSet.of(Fault.NO_SUCH_BUCKET, Fault.UNKNOWN_ACCESS_KEY, Fault.WRONG_SECRET_KEY, Fault.EXPIRED_TOKEN));

    private static final Set<Fault> PASSING =
            EnumSet.of(Fault.RESET_BEFORE, Fault.RESET_AFTER, Fault.ERROR_BEFORE, Fault.ERROR_AFTER, Fault.SLOW_DOWN);

    private static final Map<Action, List<Spot>> SPOTS = spots();

    /** A request of an action. */
    private record Spot(@Nullable Trigger trigger, Kind kind) {}

    private static Map<Action, List<Spot>> spots() {
        Trigger lostPut = new Trigger(Kind.PUT, Fault.RESET_AFTER, Integer.MAX_VALUE);
        Trigger lostCompletion = new Trigger(Kind.COMPLETE, Fault.TRUNCATED, 1);
        Trigger failedCompletion = new Trigger(Kind.COMPLETE, Fault.MALFORMED_BEFORE, 1);
        Trigger refusedPart = new Trigger(Kind.PART, Fault.FORBIDDEN, 1);
        Trigger lostDelete = new Trigger(Kind.DELETE, Fault.RESET_AFTER, Integer.MAX_VALUE);
        Map<Action, List<Spot>> spots = new EnumMap<>(Action.class);
        spots.put(Action.PUT, List.of(new Spot(null, Kind.PUT), new Spot(lostPut, Kind.HEAD)));
        spots.put(
                Action.PUT_CREATE_ONLY,
                List.of(new Spot(null, Kind.PUT), new Spot(null, Kind.HEAD), new Spot(lostPut, Kind.HEAD)));
        spots.put(
                Action.MULTIPART,
                List.of(
                        new Spot(null, Kind.CREATE),
                        new Spot(null, Kind.PART),
                        new Spot(null, Kind.COMPLETE),
                        new Spot(lostCompletion, Kind.HEAD),
                        new Spot(failedCompletion, Kind.LIST_PARTS),
                        new Spot(refusedPart, Kind.ABORT)));
        spots.put(Action.DELETE, List.of(new Spot(null, Kind.DELETE), new Spot(lostDelete, Kind.HEAD)));
        spots.put(Action.READ, List.of(new Spot(null, Kind.GET)));
        spots.put(Action.STAT, List.of(new Spot(null, Kind.HEAD)));
        spots.put(Action.LIST, List.of(new Spot(null, Kind.LIST)));
        spots.put(Action.REPAIR_TO_S3, List.of(new Spot(null, Kind.HEAD), new Spot(null, Kind.PUT)));
        spots.put(Action.REPAIR_FROM_S3, List.of(new Spot(null, Kind.HEAD), new Spot(null, Kind.GET)));
        return spots;
    }

    /** Returns the whole matrix, always in the same order. */
    static List<HttpFault> all() {
        List<HttpFault> all = new ArrayList<>();
        for (Action action : Action.values()) {
            for (Spot spot : SPOTS.getOrDefault(action, List.of())) {
                for (Fault fault : FAULTS) {
                    addVariants(all, action, spot, fault);
                }
            }
        }
        return all;
    }

    private static void addVariants(List<HttpFault> all, Action action, Spot spot, Fault fault) {
        boolean twoServers = action == Action.MULTIPART;
        boolean twoRules = action == Action.PUT || action == Action.DELETE;
        for (boolean lasting : new boolean[] {false, true}) {
            for (boolean second : twoServers || twoRules ? new boolean[] {false, true} : new boolean[] {false}) {
                all.add(new HttpFault(
                        action, spot.trigger(), spot.kind(), fault, lasting, second && twoServers, second && twoRules));
            }
        }
    }

    /** Tells whether a look is told that there is nothing where something is, so that nobody can know better. */
    boolean isLie() {
        boolean believed = kind == Kind.ABORT || (kind != Kind.PUT && (action == Action.STAT || action.isRepair()));
        return fault == Fault.NOT_FOUND && believed;
    }

    /** Tells whether an upload is created that nobody can know of: its creation was sent once, delivered twice, answered once. */
    boolean createsUnseen() {
        return fault == Fault.DUPLICATE && kind == Kind.CREATE;
    }

    /** Tells whether an answer does not come, so that patience is to be short. */
    boolean hangs() {
        return fault == Fault.HANG || fault == Fault.HANG_AFTER;
    }

    /** Tells whether the fault passes and a request that is sent again will do, so that the write must succeed. */
    boolean mustSucceed() {
        return !lasting
                && trigger == null
                && (PASSING.contains(fault) || (hangs() && kind == Kind.PUT))
                && (action == Action.PUT || action == Action.MULTIPART || action == Action.DELETE);
    }

    /** Tells whether the fault proves that nothing was done, so that the write must not end in doubt. */
    boolean provesNotApplied() {
        return lasting
                && (fault == Fault.SLOW_DOWN || fault == Fault.FORBIDDEN)
                && (kind == Kind.PUT || kind == Kind.COMPLETE);
    }

    void spoil(FaultServer server) {
        if (forgetful) {
            server.forgetful();
        }
        if (trigger != null) {
            server.spoil(trigger.kind(), trigger.fault(), trigger.times());
        }
        server.spoil(kind, fault, lasting ? Integer.MAX_VALUE : 1);
    }

    @Override
    public String toString() {
        return action + (any ? " (any)" : "")
                + (trigger == null ? "" : " after " + trigger.fault() + " of " + trigger.kind()) + ": " + kind + " "
                + fault + (lasting ? " from then on" : " once")
                + (forgetful ? ", forgetful server" : "");
    }
}
