package dev.coppice.reposerver.observe;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that was answered.
 *
 * @param millis when it began, milliseconds since 1970
 * @param nanos how long it took
 * @param remote the address of the client
 * @param user the name of its token
 * @param path with the query, as it came
 * @param bytes of the body that were sent
 */
public record Served(
    long millis,
    long nanos,
    String remote,
    Optional<String> user,
    String method,
    String path,
    String protocol,
    int status,
    long bytes,
    @Nullable String referer,
    @Nullable String agent) {}
