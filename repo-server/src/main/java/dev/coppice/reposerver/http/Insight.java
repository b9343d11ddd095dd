package dev.coppice.reposerver.http;

import dev.coppice.reposerver.observe.Metrics;
import java.util.function.Supplier;

/**
 * What monitors may know.
 *
 * @param health lines about what works behind the server, each with its end
 */
public record Insight(Metrics metrics, Supplier<String> health) {}
