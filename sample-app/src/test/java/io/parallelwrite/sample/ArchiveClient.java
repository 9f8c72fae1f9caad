package io.parallelwrite.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.UnaryOperator;

/** Talks to a running archive as any HTTP client would. */
final class ArchiveClient {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI base;

    ArchiveClient(int port) {
        this.base = URI.create("http://127.0.0.1:" + port);
    }

    HttpResponse<String> put(String rawPath, BodyPublisher body, String... headers) throws IOException {
        return send(request -> withHeaders(request.PUT(body), headers), rawPath, BodyHandlers.ofString());
    }

    HttpResponse<String> delete(String rawPath) throws IOException {
        return send(HttpRequest.Builder::DELETE, rawPath, BodyHandlers.ofString());
    }

    HttpResponse<String> get(String rawPath, String... headers) throws IOException {
        return send(request -> withHeaders(request, headers), rawPath, BodyHandlers.ofString());
    }

    HttpResponse<byte[]> getBytes(String rawPath, String... headers) throws IOException {
        return send(request -> withHeaders(request, headers), rawPath, BodyHandlers.ofByteArray());
    }

    private static HttpRequest.Builder withHeaders(HttpRequest.Builder request, String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    private <T> HttpResponse<T> send(UnaryOperator<HttpRequest.Builder> with, String rawPath, BodyHandler<T> answer)
            throws IOException {
        HttpRequest request =
                with.apply(HttpRequest.newBuilder(URI.create(base + rawPath))).build();
        try {
            return client.send(request, answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
