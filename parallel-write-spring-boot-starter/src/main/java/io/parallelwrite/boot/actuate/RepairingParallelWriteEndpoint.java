package io.parallelwrite.boot.actuate;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.repair.BackgroundRepairer;
import io.parallelwrite.repair.RepairOutcome;
import io.parallelwrite.repair.Repairer;
import io.parallelwrite.target.InvalidTargetPathException;
import io.parallelwrite.target.ShownText;
import io.parallelwrite.target.TargetPath;
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
 * The endpoint with what changes something: repairs of single paths, and the pause of the repairs in the background.
 *
 * <p>Over HTTP, {@code POST} of {@code parallelwrite/repair/<path>} with {@code dryRun} and {@code source} in a JSON body,
 * and of {@code parallelwrite/repairs/pause} and {@code parallelwrite/repairs/unpause}.
 *
 * <p>Runs on the thread of the request, and blocks it as the {@link Repairer} does. Thread-safe.
 */
@Endpoint(id = "parallelwrite", defaultAccess = Access.READ_ONLY)
@RegisterReflectionForBinding(RepairDescriptor.class)
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
     * Repairs one path, or pauses the repairs in the background.
     *
     * @param what {@code repair} and the segments of a path, or {@code repairs} and one of {@code pause} and
     *     {@code unpause}
     * @param dryRun whether to look and change nothing, which is so unless it says {@code false}; for a repair only
     * @param source the target to copy from, proven good or not; for a repair that is no dry run
     * @return a {@link RepairDescriptor} or a {@link WriterDescriptor}
     */
    @WriteOperation
    public WebEndpointResponse<Object> write(
            @Selector(match = Selector.Match.ALL_REMAINING) String[] what,
            @Nullable Boolean dryRun,
            @Nullable String source) {
        return switch (what[0]) {
            case "repair" -> repair(pathOf(what), dryRun == null || dryRun, source);
            case "repairs" -> pauseOrUnpause(pathOf(what));
            default ->
                EndpointAnswers.notFound("There is 'repair/' with a path, and 'repairs/pause' and 'repairs/unpause',"
                        + " but no '" + ShownText.of(what[0], SHOWN_CHARACTERS) + "'");
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
