package io.parallelwrite.boot.actuate;

import static io.parallelwrite.repair.VerifyDepth.FULL;
import static io.parallelwrite.repair.VerifyDepth.QUICK;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.repair.BackgroundRepairer;
import io.parallelwrite.repair.RepairOptions;
import io.parallelwrite.repair.RepairOutcome;
import io.parallelwrite.repair.Repairer;
import io.parallelwrite.repair.ScrubPosition;
import io.parallelwrite.target.InvalidTargetPathException;
import io.parallelwrite.target.ShownText;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetPrefix;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * The endpoint with what changes something or takes long: repairs of single paths, verifying and repairing all paths with a
 * prefix, and the pause of the repairs in the background.
 *
 * <p>Over HTTP, {@code POST} of {@code parallelwrite/repair/<path>}; of {@code verify/<prefix>}, {@code verify-full/<prefix>},
 * {@code repair-all/<prefix>} and {@code backfill/<prefix>}; and of {@code repairs/pause} and {@code repairs/unpause}. What goes
 * with them is in a JSON body.
 *
 * <p>Runs on the thread of the request, and blocks it as the {@link Repairer} does; what goes through a prefix for about {@value
 * BoundedScrub#LIMIT_SECONDS} seconds, or until {@value ParallelWriteEndpoint#MAX_PAGE} paths were found not to be equal.
 * Thread-safe.
 */
@Endpoint(id = "parallelwrite", defaultAccess = Access.READ_ONLY)
@RegisterReflectionForBinding({RepairDescriptor.class, ScrubDescriptor.class})
public final class RepairingParallelWriteEndpoint extends ParallelWriteEndpoint {

    private static final int SHOWN_CHARACTERS = 100;

    /**
     * Creates the endpoint.
     *
     * @param writer the writer whose targets are repaired
     * @param rule which targets must hold a write, in words
     * @param background what repairs in the background, or {@code null}
     */
    public RepairingParallelWriteEndpoint(
            ParallelResourceWriter writer, String rule, @Nullable BackgroundRepairer background) {
        super(writer, rule, background);
    }

    /**
     * Repairs one path, goes through a prefix, or pauses the repairs in the background.
     *
     * @param what {@code repair} and the segments of a path; {@code verify}, {@code verify-full}, {@code repair-all} or
     *     {@code backfill} and those of a prefix, none for all; or {@code repairs} and one of {@code pause} and {@code unpause}
     * @param dryRun whether to look and change nothing, which is so unless it says {@code false}; for repairs only
     * @param source the target to copy from, proven good or not; for repairs only, and for that of one path if it is no dry
     *     run
     * @param position the {@code position} of the answer before; for a prefix only
     * @return a {@link RepairDescriptor}, a {@link ScrubDescriptor} or a {@link WriterDescriptor}
     */
    @WriteOperation
    public WebEndpointResponse<Object> write(
            @Selector(match = Selector.Match.ALL_REMAINING) String[] what,
            @Nullable Boolean dryRun,
            @Nullable String source,
            @Nullable String position) {
        RepairOptions options =
                RepairOptions.proven().withDryRun(dryRun == null || dryRun).withSource(source);
        return switch (what[0]) {
            case "repair" -> repair(pathOf(what), options.dryRun(), source);
            case "verify" -> scrub(pathOf(what), position, (part, from) -> part.verify(scrubber(), from, QUICK));
            case "verify-full" -> scrub(pathOf(what), position, (part, from) -> part.verify(scrubber(), from, FULL));
            case "repair-all" -> scrub(pathOf(what), position, (part, from) -> part.repair(scrubber(), from, options));
            case "backfill" ->
                scrub(
                        pathOf(what),
                        position,
                        (part, from) -> part.repair(scrubber(), from, options.withFillMissing(true)));
            case "repairs" -> pauseOrUnpause(pathOf(what));
            default ->
                EndpointAnswers.notFound("There is 'repair/' with a path, 'verify/', 'verify-full/', 'repair-all/' and"
                        + " 'backfill/' with a prefix, and 'repairs/pause' and 'repairs/unpause', but no '"
                        + ShownText.of(what[0], SHOWN_CHARACTERS) + "'");
        };
    }

    private WebEndpointResponse<Object> repair(String path, boolean dryRun, @Nullable String source) {
        if (dryRun && source != null) {
            return EndpointAnswers.badRequest("A dry run has no source; to copy from one, set dryRun to false");
        }
        Optional<Repairer> repairer = repairer();
        if (repairer.isEmpty()) {
            return noJournal();
        }
        try {
            TargetPath checked = TargetPath.of(path);
            if (repairer.get().journal().entry(checked).isEmpty()) {
                return EndpointAnswers.notFound("The journal has no entry of '" + checked
                        + "': it is not known to be diverged. Compare its copies to be sure");
            }
            RepairOutcome outcome = source == null
                    ? repairer.get().repair(path, dryRun)
                    : repairer.get().repair(path, source);
            return new WebEndpointResponse<>(RepairDescriptor.of(outcome, dryRun, places()));
        } catch (InvalidTargetPathException e) {
            return EndpointAnswers.badRequest(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) { // an unknown source, or a path that was deleted
            return EndpointAnswers.badRequest(places().hide(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            return EndpointAnswers.unavailable(places().hide(String.valueOf(e.getMessage())));
        }
    }

    /** What is done with the objects from a position on. */
    @FunctionalInterface
    private interface Part {
        ScrubDescriptor run(BoundedScrub scrub, ScrubPosition from);
    }

    private WebEndpointResponse<Object> scrub(String prefix, @Nullable String position, Part part) {
        try {
            ScrubPosition from = position == null ? ScrubPosition.start(prefix) : ScrubPosition.parse(position);
            if (!from.prefix().equals(TargetPrefix.of(prefix))) {
                return EndpointAnswers.badRequest("The position is one of the prefix '" + from.prefix() + "'");
            }
            return new WebEndpointResponse<>(part.run(new BoundedScrub(places()), from));
        } catch (IllegalArgumentException e) { // a prefix or position that is none, or an unknown source
            return EndpointAnswers.badRequest(places().hide(String.valueOf(e.getMessage())));
        }
    }

    private WebEndpointResponse<Object> pauseOrUnpause(String what) {
        BackgroundRepairer background = background();
        if (background == null) {
            return EndpointAnswers.notFound("Nothing repairs in the background");
        }
        switch (what) {
            case "pause" -> background.pause();
            case "unpause" -> background.unpause();
            default -> {
                return EndpointAnswers.badRequest("repairs/ is followed by pause or unpause");
            }
        }
        return new WebEndpointResponse<>(summary());
    }
}
