package io.parallelwrite.s3;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What the server behind a {@link FaultServer} has answered, or what it is made out to have. */
record ServerAnswer(int statusCode, Map<String, List<String>> headers, byte[] body) {

    static ServerAnswer error(int statusCode, String code) {
        return xml(
                statusCode,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code><Message>Spoiled by"
                        + " the test</Message><RequestId>test-request</RequestId></Error>");
    }

    static ServerAnswer xml(int statusCode, String text) {
        return new ServerAnswer(
                statusCode, Map.of("Content-Type", List.of("application/xml")), text.getBytes(StandardCharsets.UTF_8));
    }

    void send(HttpExchange exchange) throws IOException {
        sendHeaders(exchange);
        if (body.length > 0 && !isToHead(exchange)) {
            exchange.getResponseBody().write(body);
        }
    }

    /** Sends half the bytes that were announced. */
    void sendHalf(HttpExchange exchange) throws IOException {
        if (body.length > 1) {
            sendHeaders(exchange);
            exchange.getResponseBody().write(body, 0, body.length / 2);
            exchange.getResponseBody().flush();
        } // an answer of headers alone is dropped whole
    }

    private void sendHeaders(HttpExchange exchange) throws IOException {
        boolean toHead = isToHead(exchange);
        headers.forEach((name, values) -> {
            boolean length = name.equalsIgnoreCase("content-length");
            if (!name.equalsIgnoreCase("transfer-encoding") && (!length || toHead)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(statusCode, body.length == 0 || toHead ? -1 : body.length);
    }

    private static boolean isToHead(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("HEAD");
    }
}
