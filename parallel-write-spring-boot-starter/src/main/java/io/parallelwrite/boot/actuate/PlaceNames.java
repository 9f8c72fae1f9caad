package io.parallelwrite.boot.actuate;

import io.parallelwrite.target.ShownText;
import io.parallelwrite.target.Target;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a text where targets are: directories, buckets, users and queries of URLs. The names of the targets are put
 * in their place.
 *
 * <p>Immutable.
 */
final class PlaceNames {

    private static final int SHOWN_CHARACTERS = 2_000;

    private static final Pattern QUOTED_DIRECTORY = Pattern.compile("'/[^']*'");

    private final List<Place> places;

    /** What stands for a target in a text. */
    private record Place(String text, String target) {}

    PlaceNames(Collection<? extends Target> targets) {
        List<Place> all = new ArrayList<>();
        for (Target target : targets) {
            String place = target.place();
            add(all, place, target);
            URI uri = URI.create(place);
            boolean directory = "file".equals(uri.getScheme());
            add(all, directory ? uri.getPath() : uri.getAuthority(), target);
        }
        all.sort(Comparator.comparingInt((Place place) -> place.text().length())
                .reversed()); // the whole before its parts
        places = List.copyOf(all);
    }

    private static void add(List<Place> places, @Nullable String text, Target target) {
        if (text == null) {
            return;
        }
        String bare = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        if (bare.length() > 1) {
            places.add(new Place(bare, "[" + target.name() + "]"));
        }
    }

    /** Returns the text without places, safe to show. */
    String hide(String text) {
        String hidden = ShownText.withoutSecrets(text, SHOWN_CHARACTERS);
        for (Place place : places) {
            hidden = hidden.replace(place.text(), place.target());
        }
        return QUOTED_DIRECTORY.matcher(hidden).replaceAll("'[…]'");
    }

    /** Returns what a failure says, without places. */
    @Nullable
    String hide(@Nullable Throwable failure) {
        if (failure == null) {
            return null;
        }
        String message = failure.getMessage();
        return hide(message == null ? failure.toString() : message);
    }
}
