package dev.coppice.core.repo;

import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.store.RepoMode;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A repository to make.
 *
 * @param path its directory; its parent must exist
 */
public record InitRequest(Path path, RepoMode mode, Optional<CollectionId> collection) {}
