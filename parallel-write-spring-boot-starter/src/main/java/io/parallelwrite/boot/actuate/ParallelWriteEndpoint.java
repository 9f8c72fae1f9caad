package io.parallelwrite.boot.actuate;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.repair.BackgroundRepairer;
import io.parallelwrite.repair.Repairer;
import io.parallelwrite.repair.Scrubber;
import io.parallelwrite.target.InvalidTargetPathException;
import io.parallelwrite.target.ShownText;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Tells how a writer is doing: its targets, its journal, and the copies of single paths. Changes nothing.
 *
 * <p>Over HTTP, {@code GET} of {@code parallelwrite}, of {@code parallelwrite/journal?after=…&limit=…}, and of
 * {@code parallelwrite/copies/<path>}. What it cannot answer it refuses with 400 or 404 and a member {@code error}.
 *
 * <p>Runs on the thread of the request. The first two answer from memory; the last asks all targets and may read copies: it
 * blocks until they have answered or their deadlines have passed. Thread-safe.
 */
@Endpoint(id = "parallelwrite", defaultAccess = Access.READ_ONLY)
@RegisterReflectionForBinding({JournalPageDescriptor.class, CopiesDescriptor.class})
public class ParallelWriteEndpoint {

    /** The most entries of the journal in one answer. */
    static final int MAX_PAGE = 1_000;

    private static final int DEFAULT_PAGE = 100;
    private static final int SHOWN_CHARACTERS = 100;

    private final ParallelResourceWriter writer;
    private final String rule;
    private final @Nullable BackgroundRepairer background;
    private final PlaceNames places;

    /**
     * Creates the endpoint.
     *
     * @param writer the writer it tells of
     * @param rule which targets must hold a write, in words
     * @param background what repairs in the background, or {@code null}
     */
    public ParallelWriteEndpoint(ParallelResourceWriter writer, String rule, @Nullable BackgroundRepairer background) {
        this.writer = writer;
        this.rule = rule;
        this.background = background;
        this.places = new PlaceNames(writer.targets());
    }

    /**
     * Tells how the writer is doing.
     *
     * @return its rule, targets, journal and repairs
     */
    @ReadOperation
    public WriterDescriptor summary() {
        return WriterDescriptor.of(writer, rule, repairs());
    }

    private String repairs() {
        if (background == null) {
            return "none";
        }
        if (!background.isRunning()) {
            return "stopped";
        }
        return background.isPaused() ? "paused" : "running";
    }

    /**
     * Returns a page of the journal, or compares the copies of one path.
     *
     * @param what {@code journal}, or {@code copies} and the segments of a path
     * @param after the {@code next} of the page before; for the journal only
     * @param limit how many entries at most, from 1 to {@value #MAX_PAGE}; for the journal only
     * @return a {@link JournalPageDescriptor} or a {@link CopiesDescriptor}
     */
    @ReadOperation
    public WebEndpointResponse<Object> read(
            @Selector(match = Selector.Match.ALL_REMAINING) String[] what,
            @Nullable Long after,
            @Nullable Integer limit) {
        return switch (what[0]) {
            case "journal" -> journal(after == null ? 0 : after, limit == null ? DEFAULT_PAGE : limit);
            case "copies" -> copies(pathOf(what));
            default ->
                EndpointAnswers.notFound("There is 'journal', and 'copies/' with a path, but no '"
                        + ShownText.of(what[0], SHOWN_CHARACTERS) + "'");
        };
    }

    private WebEndpointResponse<Object> journal(long after, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            return EndpointAnswers.badRequest("limit [" + limit + "] must be from 1 to " + MAX_PAGE);
        }
        return repairer()
                .map(repairer -> new WebEndpointResponse<Object>(
                        JournalPageDescriptor.of(repairer.journal(), after, limit, places)))
                .orElseGet(ParallelWriteEndpoint::noJournal);
    }

    private WebEndpointResponse<Object> copies(String path) {
        try {
            TargetPath checked = TargetPath.of(path);
            return new WebEndpointResponse<>(
                    CopiesDescriptor.of(writer.reader().compare(path), remembered(checked), places));
        } catch (InvalidTargetPathException e) {
            return EndpointAnswers.badRequest(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return EndpointAnswers.unavailable(places.hide(String.valueOf(e.getMessage())));
        }
    }

    private @Nullable List<JournalEntry> remembered(TargetPath path) {
        return repairer()
                .map(Repairer::journal)
                .map((Journal journal) -> journal.entries(path))
                .orElse(null);
    }

    final Scrubber scrubber() {
        return writer.scrubber();
    }

    final Optional<Repairer> repairer() {
        return writer.repairer();
    }

    final @Nullable BackgroundRepairer background() {
        return background;
    }

    final PlaceNames places() {
        return places;
    }

    static WebEndpointResponse<Object> noJournal() {
        return EndpointAnswers.notFound("The writer has no journal, so nothing is known to be diverged");
    }

    /** Returns what comes after the first segment; empty if nothing does, which is no path. */
    static String pathOf(String[] what) {
        return String.join("/", Arrays.asList(what).subList(1, what.length));
    }
}
