package io.parallelwrite;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullMarked;

/** The rules of the design that bytecode can show. {@link ArchitectureTests} checks them. */
final class ArchitectureRules {

    private static final String ROOT = "io.parallelwrite";
    private static final String S3 = ROOT + ".s3..";

    /** A package imports only those before it. */
    static final List<String> PACKAGES = List.of(
            ROOT + ".target..",
            ROOT + ".outcome..",
            ROOT + ".stream..",
            ROOT + ".compare..",
            ROOT + ".handle..",
            ROOT + ".divergence..",
            ROOT + ".repair..",
            S3,
            ROOT);

    /** Thread.stop and its kind, on any thread. */
    private static final Set<String> VIOLENT_THREAD_METHODS = Set.of("stop", "suspend", "resume", "destroy");

    private ArchitectureRules() {}

    static ArchRule packageOrder(List<String> packages) {
        ArchRule all = packageKnown(packages);
        for (int i = 0; i < packages.size() - 1; i++) {
            String[] later = packages.subList(i + 1, packages.size()).toArray(String[]::new);
            all = CompositeArchRule.of(all)
                    .and(noClasses()
                            .that()
                            .resideInAPackage(packages.get(i))
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(later)
                            .allowEmptyShould(true)
                            .because(
                                    "reading order and data order are the same, and stages are joined by values, not by"
                                            + " reaching back"));
        }
        return all;
    }

    private static ArchRule packageKnown(List<String> packages) {
        return classes()
                .should()
                .resideInAnyPackage(packages.toArray(String[]::new))
                .because("a package that is not in the order escapes the rule");
    }

    static ArchRule noCycles(String slices) {
        return slices().matching(slices)
                .should()
                .beFreeOfCycles()
                .because("a cycle of packages can only be understood, tested and changed as a whole");
    }

    static ArchRule onlyS3SeesTheAwsSdk() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(S3)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon.awssdk..", "io.awspring..")
                .because("an application without S3 runs without the SDK on its class path");
    }

    static ArchRule onlySpringCoreIsSeen() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(S3)
                .should()
                .dependOnClassesThat(describe(
                        "are Spring's, but not of spring-core",
                        type -> type.getPackageName().startsWith("org.springframework.")
                                && !type.getPackageName().matches("org\\.springframework\\.(core|util|lang)(\\..*)?")))
                .because("the library is plain Java; spring-core lends it Resource and DataSize, and nothing else");
    }

    static ArchRule nothingCancelsAFuture(String... allowedClasses) {
        DescribedPredicate<JavaAccess<?>> cancels = describe(
                "calls Future.cancel(boolean)",
                access -> access.getName().equals("cancel")
                        && access.getTargetOwner().isAssignableTo(Future.class)
                        && takesABoolean(access));
        return noClasses()
                .that()
                .resideOutsideOfPackage(S3)
                .and(describe(
                        "are not " + List.of(allowedClasses),
                        type -> !Arrays.asList(allowedClasses).contains(type.getName())))
                .should()
                .accessTargetWhere(cancels)
                .because(
                        "Future.cancel(true) interrupts a thread that may be inside the kernel, which blocks the caller"
                                + " too: a time-out built on it is none. SystemDeadlineTimer passes false; the futures of the"
                                + " AWS SDK have no thread to interrupt");
    }

    private static boolean takesABoolean(JavaAccess<?> access) {
        return access.getTarget().getFullName().endsWith("(boolean)");
    }

    static ArchRule nothingShutsAnExecutorDownNow() {
        return noClasses()
                .should()
                .accessTargetWhere(describe(
                        "calls ExecutorService.shutdownNow()",
                        access -> access.getName().equals("shutdownNow")
                                && access.getTargetOwner().isAssignableTo(ExecutorService.class)))
                .because("it interrupts threads that may be inside the kernel, which blocks the caller too, and drops"
                        + " the clean-up that is queued");
    }

    static ArchRule nothingInterruptsAnotherThread() {
        return noClasses()
                .should()
                .accessTargetWhere(describe(
                        "calls Thread.interrupt() on another thread than the current",
                        access -> access.getName().equals("interrupt")
                                && access.getTargetOwner().isAssignableTo(Thread.class)
                                && !asksForTheCurrentThread(access)))
                .because("interrupting a thread inside the kernel blocks the interrupter too; only"
                        + " Thread.currentThread().interrupt(), which gives a caught interrupt back, is harmless");
    }

    /** Whether the same line calls {@code Thread.currentThread()}: as near as bytecode comes to the receiver of a call. */
    private static boolean asksForTheCurrentThread(JavaAccess<?> interrupt) {
        return interrupt.getOrigin().getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getName().equals("currentThread")
                        && call.getTargetOwner().isEquivalentTo(Thread.class)
                        && call.getLineNumber() == interrupt.getLineNumber());
    }

    static ArchRule nothingStopsAThread() {
        return noClasses()
                .should()
                .accessTargetWhere(describe(
                        "calls Thread.stop() or its kind",
                        access -> VIOLENT_THREAD_METHODS.contains(access.getName())
                                && access.getTargetOwner().isAssignableTo(Thread.class)))
                .because("it leaves whatever the thread was changing half changed");
    }

    static ArchRule nothingSleeps() {
        return noClasses()
                .should()
                .accessTargetWhere(describe(
                        "calls Thread.sleep",
                        access -> access.getName().equals("sleep")
                                && access.getTargetOwner().isEquivalentTo(Thread.class)))
                .because("time is the DeadlineTimer's, so that tests own it, and a sleeping worker is one less");
    }

    static ArchRule everyMoveIsAtomic() {
        return noClasses()
                .should()
                .accessTargetWhere(describe(
                        "calls Files.move in a method that does not name ATOMIC_MOVE",
                        access -> access.getName().equals("move")
                                && access.getTargetOwner().isEquivalentTo(Files.class)
                                && !namesAtomicMove(access)))
                .because("without it a move may be a copy and a delete, and readers see partial objects");
    }

    private static boolean namesAtomicMove(JavaAccess<?> move) {
        return move.getOrigin().getFieldAccesses().stream()
                .anyMatch(field -> field.getName().equals(StandardCopyOption.ATOMIC_MOVE.name())
                        && field.getTargetOwner().isEquivalentTo(StandardCopyOption.class));
    }

    static ArchRule loggingIsTheApplications() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .orShould()
                .accessTargetWhere(describe(
                        "reads System.out or System.err",
                        access -> Set.of("out", "err").contains(access.getName())
                                && access.getTargetOwner().isEquivalentTo(System.class)))
                .because("commons-logging comes with spring-core and goes where the application logs");
    }

    static ArchRule everyPackageIsNullMarked() {
        return classes()
                .should(new ArchCondition<>("be in a package with @NullMarked") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                        events.add(new SimpleConditionEvent(
                                type, marked, "Package " + type.getPackageName() + " has no @NullMarked"));
                    }
                })
                .because("null is said in the type, and checked in the build");
    }

    static ArchRule namesSayWhatAClassIs() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils?|Helper|Manager)")
                .because("such a name says nothing; the vocabulary of the design has a word for what it is");
    }

    static ArchRule theEngineHides(String... publicTypes) {
        Set<String> allowed = Set.of(publicTypes);
        return classes()
                .that()
                .resideInAPackage(ROOT + ".stream..")
                .and()
                .haveModifier(JavaModifier.PUBLIC)
                .should(new ArchCondition<>("be one of " + allowed) {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        events.add(new SimpleConditionEvent(
                                type, allowed.contains(type.getSimpleName()), type.getName() + " is public"));
                    }
                })
                .because("the engine is free to change behind these types");
    }
}
