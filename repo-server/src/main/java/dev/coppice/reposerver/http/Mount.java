package dev.coppice.reposerver.http;

import dev.coppice.reposerver.Pages;
import dev.coppice.reposerver.file.RepoFiles;

/**
 * A repository at its place on the server.
 *
 * @param prefix empty, or {@code /NAME}
 */
public record Mount(String prefix, RepoFiles files, Pages pages) {}
