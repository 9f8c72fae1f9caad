package io.parallelwrite.s3;

import io.parallelwrite.s3.HttpFaultRun.Verdict;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs cases of the matrix against one S3 server, several at a time: most of their time is spent waiting to try again. */
final class HttpFaultMatrix {

    private static final int PARALLEL = 16;

    /** Where the server is, if another loader of these classes has started it. */
    private static final String ENDPOINT = "io.parallelwrite.s3.matrix";

    private static final class Shared {
        static final S3Server SERVER = start();

        private static S3Server start() {
            try {
                String known = System.getProperty(ENDPOINT);
                URI endpoint = known == null ? EmbeddedS3.startedOpen() : URI.create(known);
                System.setProperty(ENDPOINT, endpoint.toString());
                return new S3Server(endpoint, "any", "any");
            } catch (Exception e) {
                throw new IllegalStateException("S3Proxy did not start", e);
            }
        }
    }

    private HttpFaultMatrix() {}

    /** Runs the cases and returns what came of each, in their order. */
    static List<Verdict> run(List<HttpFault> faults) throws Exception {
        ExecutorService runners = Executors.newFixedThreadPool(PARALLEL);
        try {
            List<Callable<Verdict>> runs = new ArrayList<>();
            faults.forEach(fault -> runs.add(() -> HttpFaultRun.run(fault, Shared.SERVER)));
            List<Verdict> verdicts = new ArrayList<>();
            for (Future<Verdict> run : runners.invokeAll(runs)) {
                verdicts.add(run.get());
            }
            return verdicts;
        } finally {
            runners.shutdown();
        }
    }

    /** Returns the cases that ended badly, with what is wrong with each. */
    static List<String> violations(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> !verdict.violations().isEmpty())
                .map(verdict -> verdict.fault() + ": said " + verdict.status() + "; " + verdict.violations())
                .toList();
    }
}
