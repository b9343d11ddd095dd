package dev.coppice.reposerver.http;

import dev.coppice.reposerver.file.FileKind;
import dev.coppice.reposerver.file.OpenedFile;
import dev.coppice.reposerver.file.PublicConfig;
import dev.coppice.reposerver.file.RepoPath;
import java.io.IOException;
import java.nio.channels.FileChannel;
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
      Answers.send(entity(key, file), file::channel, request, response, callback);
    }
    return true;
  }

  private Entity entity(String key, OpenedFile file) throws IOException {
    EntityCache.Slot slot = cache.find(key);
    if (slot != null && slot.entity().describes(file.stat())) {
      slot.confirm(System.nanoTime());
      return slot.entity();
    }
    FileKind kind = file.path().kind();
    if (file.stat().size() > (kind.immutable() ? SMALL : SMALL_CHANGING)) {
      return Entity.onDisk(file.path(), file.stat());
    }
    byte[] bytes = file.bytes();
    if (kind == FileKind.CONFIG) {
      bytes = PublicConfig.of(bytes, mount.files().place().resolve("config").toString());
    }
    Entity entity = Entity.inMemory(file.path(), file.stat(), bytes);
    cache.put(key, entity, System.nanoTime());
    return entity;
  }
}
