package io.parallelwrite.sample;

import io.parallelwrite.outcome.ContentMismatchException;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.target.InvalidTargetPathException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers every failure with problem details (RFC 9457), always as JSON. */
@RestControllerAdvice
final class ArchiveProblems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ArchiveProblems.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> writeFailed(ParallelWriteException e) {
        ProblemDetail problem = WriteProblem.of(e);
        if (problem.getStatus() >= HttpStatus.INTERNAL_SERVER_ERROR.value()) {
            log.warn("{}", e.getMessage());
        }
        return answer(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> badPath(InvalidTargetPathException e) {
        return answer(problem(HttpStatus.BAD_REQUEST, "Unusable path", e));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> badContent(ContentMismatchException e) {
        return answer(problem(HttpStatus.BAD_REQUEST, "Content not as declared", e));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> missing(FileNotFoundException e) {
        return answer(problem(HttpStatus.NOT_FOUND, "Not in the archive", e));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(IOException e, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            throw e; // in the middle of a download: the answer must break off, not end in a problem
        }
        log.warn("The archive could not be read", e);
        return answer(problem(HttpStatus.SERVICE_UNAVAILABLE, "The archive could not be read", e));
    }

    private static ProblemDetail problem(HttpStatus status, String title, Exception e) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, String.valueOf(e.getMessage()));
        problem.setTitle(title);
        return problem;
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    /** To a client that stops in the middle of its upload Tomcat itself has answered by now: nothing is left to say. */
    @Override
    protected @Nullable ResponseEntity<Object> handleErrorResponseException(
            ErrorResponseException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpServletResponse response = ((ServletWebRequest) request).getResponse();
        if (response != null && response.isCommitted()) {
            log.debug("The server has answered already", e);
            return null;
        }
        return super.handleErrorResponseException(e, headers, status, request);
    }

    /** Keeps what Spring says about its own exceptions, but never as XML, which the S3 server's libraries would allow. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(body);
    }
}
