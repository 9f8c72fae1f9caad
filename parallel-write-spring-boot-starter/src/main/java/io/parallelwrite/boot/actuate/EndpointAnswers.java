package io.parallelwrite.boot.actuate;

import java.util.Map;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** Answers of the endpoint to what it cannot do; each says why. */
final class EndpointAnswers {

    private EndpointAnswers() {}

    static WebEndpointResponse<Object> badRequest(String problem) {
        return answer(problem, WebEndpointResponse.STATUS_BAD_REQUEST);
    }

    static WebEndpointResponse<Object> notFound(String problem) {
        return answer(problem, WebEndpointResponse.STATUS_NOT_FOUND);
    }

    static WebEndpointResponse<Object> unavailable(String problem) {
        return answer(problem, WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
    }

    private static WebEndpointResponse<Object> answer(String problem, int status) {
        return new WebEndpointResponse<>(OperationResponseBody.of(Map.of("error", problem)), status);
    }
}
