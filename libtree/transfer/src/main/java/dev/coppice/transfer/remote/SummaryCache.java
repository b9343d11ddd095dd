package dev.coppice.transfer.remote;

import dev.coppice.core.io.Durability;
import dev.coppice.core.io.FileReplacement;
import dev.coppice.transfer.fetch.Validators;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Summaries of remotes as they were last time, {@code tmp/cache/summaries/REMOTE} and {@code
 * REMOTE.sig}: the server's tag is in the attribute {@code user.etag}, its time is the file's.
 * Source: {@code _ostree_repo_cache_summary}.
 */
final class SummaryCache {
  private static final String ETAG = "etag";

  private final Path directory;

  /** The cache below a directory, which is made when it is needed. */
  SummaryCache(Path cache) {
    this.directory = cache.resolve("summaries");
  }

  /** Where a file is kept. */
  Path path(String file) {
    return directory.resolve(file);
  }

  /** What is known of the cached file. */
  Optional<Validators> validators(String file) throws IOException {
    Path path = directory.resolve(file);
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    long time = Files.getLastModifiedTime(path).toMillis() / 1000;
    return Optional.of(new Validators(etag(path), OptionalLong.of(time)));
  }

  private static Optional<String> etag(Path path) throws IOException {
    var attributes = Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
    if (attributes == null || !attributes.list().contains(ETAG)) {
      return Optional.empty();
    }
    ByteBuffer value = ByteBuffer.allocate(attributes.size(ETAG));
    attributes.read(ETAG, value);
    return Optional.of(StandardCharsets.ISO_8859_1.decode(value.flip()).toString());
  }

  /** The cached file. */
  Optional<byte[]> load(String file) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(directory.resolve(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Keeps a file. */
  void store(String file, byte[] bytes, Validators validators) throws IOException {
    Files.createDirectories(directory);
    Path path = directory.resolve(file);
    FileReplacement.write(path, bytes, Durability.UNSYNCED);
    var attributes = Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
    if (attributes != null && validators.etag().isPresent()) {
      try {
        attributes.write(
            ETAG, ByteBuffer.wrap(validators.etag().get().getBytes(StandardCharsets.ISO_8859_1)));
      } catch (IOException e) {
        // A file system without attributes: the next time more is fetched, nothing worse.
        return;
      }
    }
    if (validators.lastModified().isPresent()) {
      Files.setLastModifiedTime(
          path, FileTime.fromMillis(validators.lastModified().getAsLong() * 1000));
    }
  }

  /** Forgets a remote. */
  void forget(String remote) throws IOException {
    Files.deleteIfExists(directory.resolve(remote));
    Files.deleteIfExists(directory.resolve(remote + ".sig"));
  }
}
