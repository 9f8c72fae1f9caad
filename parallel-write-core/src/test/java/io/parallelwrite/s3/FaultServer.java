package io.parallelwrite.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.parallelwrite.stream.EngineFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server that passes every request on to an S3 server, except those it was told to spoil.
 *
 * <p>A fault strikes before the request is passed on, so that it is not applied, or after, so that it is applied and the
 * answer is lost. Thread-safe.
 */
final class FaultServer implements AutoCloseable {

    /** What a request asks for. */
    enum Kind {
        CREATE,
        PART,
        COMPLETE,
        ABORT,
        LIST_PARTS,
        PUT,
        HEAD,
        GET,
        LIST,
        DELETE,
        OTHER
    }

    /** What happens to a request. */
    enum Fault {
        RESET_BEFORE,
        RESET_AFTER,
        ERROR_BEFORE,
        ERROR_AFTER,
        SLOW_DOWN,
        OK_WITH_ERROR_BEFORE,
        OK_WITH_ERROR_AFTER,
        TRUNCATED,
        /** Delivered twice; the second answer is the one that is seen. */
        DUPLICATE,
        EMPTY_BEFORE,
        EMPTY_AFTER,
        MALFORMED_BEFORE,
        MALFORMED_AFTER,
        NOT_FOUND,
        CONFLICT,
        CONDITION_FAILED,
        /** Waits for {@link FaultServer#release()} and is then passed on. */
        HANG,
        /** Is passed on, and the answer waits for {@link FaultServer#release()}. */
        HANG_AFTER,
        FORBIDDEN,
        NO_SUCH_BUCKET,
        UNKNOWN_ACCESS_KEY,
        WRONG_SECRET_KEY,
        EXPIRED_TOKEN
    }

    private record Rule(Kind kind, Fault fault, AtomicInteger left) {}

    private static final Pattern PART_NUMBER = Pattern.compile("<PartNumber>(\\d+)</PartNumber>");

    private static final String MALFORMED = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Result><Key>a</Ke";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Set<String> NOT_PASSED_ON =
            Set.of("host", "connection", "content-length", "expect", "upgrade", "transfer-encoding");

    private final URI backend;
    private final HttpServer server;
    private final ExecutorService handlers = Executors.newCachedThreadPool(runnable -> {
        Thread thread = new Thread(runnable, "fault-server");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Map<Kind, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final Set<String> completed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger underWay = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private final Semaphore hanging = new Semaphore(0);
    private volatile boolean forgetful;
    private volatile boolean closing;

    FaultServer(URI backend) throws IOException {
        this.backend = backend;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(handlers);
        server.createContext("/", this::handle);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Spoils the next requests of a kind. */
    FaultServer spoil(Kind kind, Fault fault, int times) {
        rules.add(new Rule(kind, fault, new AtomicInteger(times)));
        return this;
    }

    /** Spoils all requests of a kind from now on. */
    FaultServer spoilAll(Kind kind, Fault fault) {
        return spoil(kind, fault, Integer.MAX_VALUE);
    }

    /** Spoils nothing from now on. */
    void spoilNothing() {
        rules.clear();
    }

    /** Answers a second completion of an upload as some servers do: that there is no such upload. */
    FaultServer forgetful() {
        forgetful = true;
        return this;
    }

    /** Waits until every request that has come has been carried out, also those nobody waits for any more. */
    void awaitIdle() throws TimeoutException {
        EngineFixture.until(() -> underWay.get() == 0);
    }

    /** Returns how many requests of a kind have come. */
    int count(Kind kind) {
        return counts.getOrDefault(kind, new AtomicInteger()).get();
    }

    /** Waits until a request hangs. */
    void awaitHanging() throws InterruptedException {
        if (!hanging.tryAcquire(30, TimeUnit.SECONDS)) {
            throw new AssertionError("No request hangs");
        }
    }

    /** Passes on all requests that hang, and later ones at once. */
    void release() {
        released.countDown();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Kind kind = kind(exchange);
        counts.computeIfAbsent(kind, key -> new AtomicInteger()).incrementAndGet();
        underWay.incrementAndGet();
        try (exchange) {
            Fault fault = fault(kind);
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (kind == Kind.COMPLETE && !isInOrder(body)) {
                ServerAnswer.error(400, "InvalidPartOrder").send(exchange); // as S3; the server behind takes any order
            } else if (fault == null) {
                passOn(exchange, body).send(exchange);
            } else {
                spoil(fault, exchange, body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.decrementAndGet();
        }
    }

    private static boolean isInOrder(byte[] body) {
        List<Integer> numbers = PART_NUMBER
                .matcher(new String(body, StandardCharsets.UTF_8))
                .results()
                .map(number -> Integer.valueOf(number.group(1)))
                .toList();
        return numbers.equals(numbers.stream().sorted().toList());
    }

    private @Nullable Fault fault(Kind kind) {
        for (Rule rule : rules) {
            if (rule.kind() == kind && rule.left().getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return rule.fault();
            }
        }
        return null;
    }

    private void spoil(Fault fault, HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        switch (fault) {
            case RESET_BEFORE -> {} // closing the exchange unanswered drops the connection
            case RESET_AFTER -> passOn(exchange, body);
            case ERROR_BEFORE -> ServerAnswer.error(500, "InternalError").send(exchange);
            case ERROR_AFTER -> {
                passOn(exchange, body);
                ServerAnswer.error(500, "InternalError").send(exchange);
            }
            case SLOW_DOWN -> ServerAnswer.error(503, "SlowDown").send(exchange);
            case OK_WITH_ERROR_BEFORE ->
                ServerAnswer.error(200, "InternalError").send(exchange);
            case OK_WITH_ERROR_AFTER -> {
                passOn(exchange, body);
                ServerAnswer.error(200, "InternalError").send(exchange);
            }
            case TRUNCATED -> passOn(exchange, body).sendHalf(exchange);
            case HANG -> {
                hanging.release();
                released.await();
                if (!closing) {
                    passOn(exchange, body).send(exchange);
                }
            }
            case HANG_AFTER -> {
                ServerAnswer applied = passOn(exchange, body);
                hanging.release();
                released.await();
                if (!closing) {
                    applied.send(exchange);
                }
            }
            case DUPLICATE -> {
                passOn(exchange, body);
                passOn(exchange, body).send(exchange);
            }
            case EMPTY_BEFORE -> ServerAnswer.xml(200, "").send(exchange);
            case EMPTY_AFTER -> {
                passOn(exchange, body);
                ServerAnswer.xml(200, "").send(exchange);
            }
            case MALFORMED_BEFORE -> ServerAnswer.xml(200, MALFORMED).send(exchange);
            case MALFORMED_AFTER -> {
                passOn(exchange, body);
                ServerAnswer.xml(200, MALFORMED).send(exchange);
            }
            case NOT_FOUND -> ServerAnswer.error(404, "NoSuchKey").send(exchange);
            case CONFLICT ->
                ServerAnswer.error(409, "ConditionalRequestConflict").send(exchange);
            case CONDITION_FAILED ->
                ServerAnswer.error(412, "PreconditionFailed").send(exchange);
            case FORBIDDEN -> ServerAnswer.error(403, "AccessDenied").send(exchange);
            case NO_SUCH_BUCKET -> ServerAnswer.error(404, "NoSuchBucket").send(exchange);
            case UNKNOWN_ACCESS_KEY ->
                ServerAnswer.error(403, "InvalidAccessKeyId").send(exchange);
            case WRONG_SECRET_KEY ->
                ServerAnswer.error(403, "SignatureDoesNotMatch").send(exchange);
            case EXPIRED_TOKEN -> ServerAnswer.error(400, "ExpiredToken").send(exchange);
        }
    }

    private static Kind kind(HttpExchange exchange) {
        String query = String.valueOf(exchange.getRequestURI().getRawQuery());
        boolean upload = query.contains("uploadId=");
        return switch (exchange.getRequestMethod()) {
            case "PUT" -> upload ? Kind.PART : Kind.PUT;
            case "POST" -> upload ? Kind.COMPLETE : query.contains("uploads") ? Kind.CREATE : Kind.OTHER;
            case "DELETE" -> upload ? Kind.ABORT : Kind.DELETE;
            case "GET" -> upload ? Kind.LIST_PARTS : query.contains("list-type") ? Kind.LIST : Kind.GET;
            case "HEAD" -> Kind.HEAD;
            default -> Kind.OTHER;
        };
    }

    private ServerAnswer passOn(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        String upload = String.valueOf(exchange.getRequestURI().getRawQuery());
        if (forgetful && kind(exchange) == Kind.COMPLETE && completed.contains(upload)) {
            return ServerAnswer.error(404, "NoSuchUpload");
        }
        ServerAnswer answer = passOn(exchange, upload, body);
        if (kind(exchange) == Kind.COMPLETE && answer.statusCode() == 200) {
            completed.add(upload);
        }
        return answer;
    }

    private ServerAnswer passOn(HttpExchange exchange, String query, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(backend.resolve(
                        exchange.getRequestURI().getRawPath() + (query.equals("null") ? "" : "?" + query)))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        HttpResponse<byte[]> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new ServerAnswer(answer.statusCode(), answer.headers().map(), answer.body());
    }

    @Override
    public void close() {
        closing = true; // read by requests that hang, which are dropped
        release();
        server.stop(0);
        handlers.shutdown();
    }
}
