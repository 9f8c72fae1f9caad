package io.parallelwrite;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Checks this module against {@link ArchitectureRules}; {@link ArchitectureRulesTests} shows that each can fail. */
@AnalyzeClasses(packages = "io.parallelwrite", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule packagesImportOnlyThoseBeforeThem =
            ArchitectureRules.packageOrder(ArchitectureRules.PACKAGES);

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles = ArchitectureRules.noCycles("io.(**)");

    @ArchTest
    static final ArchRule onlyS3SeesTheAwsSdk = ArchitectureRules.onlyS3SeesTheAwsSdk();

    @ArchTest
    static final ArchRule onlySpringCoreIsSeen = ArchitectureRules.onlySpringCoreIsSeen();

    @ArchTest
    static final ArchRule nothingCancelsAFuture =
            ArchitectureRules.nothingCancelsAFuture("io.parallelwrite.stream.SystemDeadlineTimer");

    @ArchTest
    static final ArchRule nothingShutsAnExecutorDownNow = ArchitectureRules.nothingShutsAnExecutorDownNow();

    @ArchTest
    static final ArchRule nothingInterruptsAnotherThread = ArchitectureRules.nothingInterruptsAnotherThread();

    @ArchTest
    static final ArchRule nothingStopsAThread = ArchitectureRules.nothingStopsAThread();

    @ArchTest
    static final ArchRule nothingSleeps = ArchitectureRules.nothingSleeps();

    @ArchTest
    static final ArchRule everyMoveIsAtomic = ArchitectureRules.everyMoveIsAtomic();

    @ArchTest
    static final ArchRule loggingIsTheApplications = ArchitectureRules.loggingIsTheApplications();

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = ArchitectureRules.everyPackageIsNullMarked();

    @ArchTest
    static final ArchRule namesSayWhatAClassIs = ArchitectureRules.namesSayWhatAClassIs();

    @ArchTest
    static final ArchRule theEngineHidesAllButItsInterface = ArchitectureRules.theEngineHides(
            "Await",
            "Block",
            "BreakerSettings",
            "BufferSettings",
            "CommitGuard",
            "DeadlineTimer",
            "Decision",
            "DecisionLog",
            "Deadlines",
            "Detach",
            "EngineEnvironment",
            "EngineSettings",
            "Lagging",
            "ParallelOutputStream",
            "PathInspection",
            "TargetCall",
            "TargetCalls",
            "TargetStates",
            "WriteEngine");
}
