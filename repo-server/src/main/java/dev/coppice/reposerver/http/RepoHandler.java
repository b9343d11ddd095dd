package dev.coppice.reposerver.http;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.PublicConfig;
import dev.coppice.reposerver.file.FileKind;
import dev.coppice.reposerver.file.OpenedFile;
import dev.coppice.reposerver.file.RepoPath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The files of one repository. */
final class RepoHandler {
  /** Objects up to this size are sent from memory. */
  private static final long SMALL = 64L << 10;

  /** Other files up to this size are; there are few of them, and their tags need their bytes. */
  private static final long SMALL_CHANGING = 1L << 20;

  /**
   * An object that was pruned is served this long from memory; what it says is true for ever, but
   * who deletes something wants it gone.
   */
  private static final long RECHECK_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Mount mount;
  private final EntityCache cache;

  RepoHandler(Mount mount, EntityCache cache) {
    this.mount = mount;
    this.cache = cache;
  }

  /**
   * Answers from memory if that is possible without looking at the disk.
   *
   * @param path of the request, as it came
   */
  static boolean tryCached(
      EntityCache cache, String path, Request request, Response response, Callback callback)
      throws IOException {
    EntityCache.Slot slot = cache.find(path);
    if (slot == null
        || !slot.entity().kind().immutable()
        || !slot.isFresh(System.nanoTime(), RECHECK_NANOS)) {
      return false;
    }
    cache.hit();
    Answers.send(slot.entity(), RepoHandler::neverOpened, request, response, callback);
    return true;
  }

  private static FileChannel neverOpened() {
    throw new IllegalStateException("what is kept has its bytes");
  }

  /**
   * Answers, reading from disk where necessary; blocks.
   *
   * @param path inside the repository, decoded
   * @return false when there is no such file
   */
  boolean handle(String path, Request request, Response response, Callback callback)
      throws IOException {
    Optional<RepoPath> known = RepoPath.parse(path);
    if (known.isEmpty()) {
      return false;
    }
    String key = mount.prefix() + "/" + path;
    Optional<OpenedFile> opened = mount.files().open(known.get());
    if (opened.isEmpty()) {
      cache.forget(key);
      return false;
    }
    try (OpenedFile file = opened.get()) {
      Optional<Entity> entity = entity(key, file);
      if (entity.isPresent()) {
        Answers.send(entity.get(), file::channel, request, response, callback);
      }
      return entity.isPresent();
    }
  }

  /** The file as it may be shown; empty when its content forbids that. */
  private Optional<Entity> entity(String key, OpenedFile file) throws IOException {
    EntityCache.Slot slot = cache.find(key);
    if (slot != null && slot.entity().describes(file.stat())) {
      slot.confirm(System.nanoTime());
      return Optional.of(slot.entity());
    }
    FileKind kind = file.path().kind();
    if (file.stat().size() > (kind.immutable() ? SMALL : SMALL_CHANGING)) {
      // What is shown only in part, or only if it is of a form, is never sent unread.
      return kind.sentAsItIs()
          ? Optional.of(Entity.onDisk(file.path(), file.stat()))
          : Optional.empty();
    }
    Optional<byte[]> shown = shown(kind, file.bytes());
    Optional<Entity> entity = shown.map(bytes -> Entity.inMemory(file.path(), file.stat(), bytes));
    entity.ifPresent(known -> cache.put(key, known, System.nanoTime()));
    return entity;
  }

  private Optional<byte[]> shown(FileKind kind, byte[] bytes) {
    return switch (kind) {
      case CONFIG ->
          Optional.of(PublicConfig.of(bytes, mount.files().place().resolve("config").toString()));
      case REF -> Optional.of(bytes).filter(RepoHandler::isChecksum);
      case OBJECT, DETACHED, SUMMARY, SUBSUMMARY, DELTA, DELTA_INDEX -> Optional.of(bytes);
    };
  }

  /** A link below refs may lead to any file of the repository, which must not show it. */
  private static boolean isChecksum(byte[] ref) {
    return Checksum.isHex(new String(ref, StandardCharsets.ISO_8859_1).strip());
  }
}
