package dev.coppice.reposerver.server;

import dev.coppice.reposerver.observe.LogFormat;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The log of requests.
 *
 * @param file where to append; empty for standard output
 */
public record LogSettings(Optional<Path> file, LogFormat format) {}
