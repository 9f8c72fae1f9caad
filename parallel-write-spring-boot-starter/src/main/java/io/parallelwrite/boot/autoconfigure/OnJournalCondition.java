package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.boot.autoconfigure.ParallelWriteProperties.JournalType;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if the properties ask for a journal, or there is a place for one by default. */
final class OnJournalCondition extends SpringBootCondition implements ConfigurationCondition {

    private static final Bindable<Map<String, ParallelWriteProperties.Target>> TARGETS =
            Bindable.mapOf(String.class, ParallelWriteProperties.Target.class);

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Journal of the writer");
        Binder binder = Binder.get(context.getEnvironment());
        try {
            JournalType type =
                    binder.bind(ConfiguredJournal.TYPE, JournalType.class).orElse(null);
            if (type != null) {
                return new ConditionOutcome(
                        type != JournalType.NONE, message.because(ConfiguredJournal.TYPE + "=" + type));
            }
            if (context.getEnvironment().containsProperty(ConfiguredJournal.DIRECTORY)) {
                return ConditionOutcome.match(message.because(ConfiguredJournal.DIRECTORY + " is set"));
            }
            return byDefault(
                    context, binder.bind("parallel-write.targets", TARGETS).orElse(Map.of()), message);
        } catch (BindException e) { // told when the properties are bound
            return ConditionOutcome.noMatch(message.because(String.valueOf(e.getMessage())));
        }
    }

    private static ConditionOutcome byDefault(
            ConditionContext context,
            Map<String, ParallelWriteProperties.Target> targets,
            ConditionMessage.Builder message) {
        if (hasWriterOfItsOwn(context.getBeanFactory())) {
            return ConditionOutcome.noMatch(message.because("the application has a ParallelResourceWriter of its own"));
        }
        return DefaultJournalPlace.among(targets)
                .map(place -> ConditionOutcome.match(message.because("it is beside target '" + place.target() + "'")))
                .orElseGet(() -> ConditionOutcome.noMatch(
                        message.because("there are not two targets, one of them with a location file:")));
    }

    /** Asked before the starter's writer is defined. */
    private static boolean hasWriterOfItsOwn(@Nullable ConfigurableListableBeanFactory beans) {
        return beans != null && beans.getBeanNamesForType(ParallelResourceWriter.class, true, false).length > 0;
    }
}
