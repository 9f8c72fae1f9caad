package io.parallelwrite.boot.observe;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** The observations of writes and deletes, and their keys. */
public enum WriteObservationDocumentation implements ObservationDocumentation {

    /** A whole write or delete, on all targets. */
    WRITE {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultWriteObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return new KeyName[] {LowCardinalityKey.OPERATION, LowCardinalityKey.OUTCOME};
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return HighCardinalityKey.values();
        }
    },

    /** One target in a write or delete; a child of {@link #WRITE}. */
    TARGET_WRITE {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultTargetWriteObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return LowCardinalityKey.values();
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return HighCardinalityKey.values();
        }
    };

    /** Keys with few values: tags of meters and attributes of spans. */
    public enum LowCardinalityKey implements KeyName {
        /** What is done: {@code write} or {@code delete}. */
        OPERATION("operation"),

        /**
         * What became of it, in lower case: a {@link io.parallelwrite.outcome.WriteStatus} for the whole; {@code
         * committed}, {@code failed}, {@code detached}, {@code aborted}, {@code in_doubt} or {@code skipped} for a target.
         * {@code unknown} until it is over.
         */
        OUTCOME("outcome"),

        /** Kind of the target's location, as in {@code file} or {@code s3}. */
        SCHEME("scheme"),

        /** Name of the target. */
        TARGET("target");

        private final String key;

        LowCardinalityKey(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /** Keys with any number of values: attributes of spans only. */
    public enum HighCardinalityKey implements KeyName {
        /** Path of the object. */
        PATH("parallel.write.path");

        private final String key;

        HighCardinalityKey(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }
}
