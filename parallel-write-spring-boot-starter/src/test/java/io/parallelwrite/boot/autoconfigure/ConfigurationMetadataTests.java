package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.compare.ReadSettings;
import io.parallelwrite.divergence.FileJournal;
import io.parallelwrite.repair.RepairSettings;
import io.parallelwrite.repair.ScrubSettings;
import io.parallelwrite.repair.SweepSettings;
import io.parallelwrite.stream.EngineSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.StreamUtils;

/** What editors show about the properties. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfigurationMetadataTests {

    private Map<String, Object> metadata = Map.of();

    @BeforeAll
    void read() throws IOException {
        try (InputStream in = new ClassPathResource("META-INF/spring-configuration-metadata.json").getInputStream()) {
            metadata = JsonParserFactory.getJsonParser().parseMap(StreamUtils.copyToString(in, StandardCharsets.UTF_8));
        }
    }

    @Test
    void describesEveryProperty() {
        assertThat(list("properties"))
                .hasSizeGreaterThan(14)
                .allSatisfy(property -> assertThat((String) property.get("description"))
                        .as((String) property.get("name"))
                        .isNotBlank()
                        .endsWith(".")
                        .doesNotStartWithIgnoringCase("the ")
                        .doesNotStartWithIgnoringCase("a "));
    }

    @Test
    void beginsTheDescriptionOfASwitchWithWhether() {
        assertThat(list("properties"))
                .filteredOn(property -> "java.lang.Boolean".equals(property.get("type")))
                .isNotEmpty()
                .allSatisfy(property ->
                        assertThat((String) property.get("description")).startsWith("Whether "));
    }

    @Test
    void namesNoPropertyTwice() {
        assertThat(list("properties"))
                .extracting(property -> property.get("name"))
                .doesNotHaveDuplicates()
                .allSatisfy(
                        name -> assertThat((String) name)
                                .matches(
                                        "(parallel-write|management\\.endpoint\\.parallelwrite|management\\.health\\.parallel-write)\\..+"));
    }

    @Test
    void showsTheDefaultsThatApply() {
        Map<String, Object> shown = new LinkedHashMap<>();
        for (Map<String, Object> property : list("properties")) {
            if (property.get("defaultValue") != null && ((String) property.get("name")).startsWith("parallel-write.")) {
                shown.put((String) property.get("name"), property.get("defaultValue"));
            }
        }

        ParallelWriteProperties properties = new Binder(new MapConfigurationPropertySource(shown))
                .bind("parallel-write", ParallelWriteProperties.class)
                .get();

        assertThat(shown).hasSizeGreaterThan(10);
        assertThat(new ConfiguredSettings(properties).engine()).isEqualTo(EngineSettings.defaults());
        assertThat(new ConfiguredSettings(properties).reads()).isEqualTo(ReadSettings.defaults());
        assertThat(new ConfiguredRepairs(properties).settings()).isEqualTo(RepairSettings.defaults());
        assertThat(new ConfiguredSweeps(properties).settings()).isEqualTo(SweepSettings.defaults());
        assertThat(new ConfiguredScrubs(properties).settings()).isEqualTo(ScrubSettings.defaults());
        assertThat(properties.journal().capacity()).isEqualTo(FileJournal.DEFAULT_CAPACITY);
    }

    @Test
    void hintsAtNamesOfTargetsAndRules() {
        assertThat(list("hints"))
                .extracting(hint -> hint.get("name"))
                .contains("parallel-write.targets.keys", "parallel-write.acknowledge");
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> list(String name) {
        return (List<Map<String, Object>>) metadata.get(name);
    }
}
