package dev.coppice.transfer.publish;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.Workers;
import dev.coppice.core.repo.Repo;
import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Errno;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixException;
import dev.coppice.transfer.publish.PublishFile.Content;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A directory of this machine. Objects are hard links to those of the repository where the file
 * system allows it: they never change, in neither place. Where it does not, they share their blocks
 * or are copied.
 */
public final class DirectoryTarget implements PublishTarget {
  private static final String TEMPORARY = ".publish-";

  /** Without them the real tool cannot open the directory as a repository of its own machine. */
  private static final List<String> SKELETON =
      List.of("objects", "refs/heads", "refs/mirrors", "refs/remotes", "state", "tmp");

  private final Path path;
  private final Fd directory;
  private final Linking linking;
  private final Path existing;
  private final AtomicLong temporaries = new AtomicLong();

  /** Left by a copy that was killed. */
  private final Set<String> stale = ConcurrentHashMap.newKeySet();

  /** Whether files of the repository may be linked. */
  public enum Linking {
    /** They may. */
    ALLOWED,
    /** Each file is a copy. */
    NEVER
  }

  private DirectoryTarget(Path path, Path existing, Fd directory, Linking linking) {
    this.path = path;
    this.existing = existing;
    this.directory = directory;
    this.linking = linking;
  }

  /**
   * Opens a directory, which is made if it is not there.
   *
   * @throws Failure with {@link ErrorCode#REPO_UNSUITABLE} when it is the repository, or in it
   */
  public static DirectoryTarget open(Repo repo, Path path, Linking linking) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    Path existing = existing(absolute);
    Fs.mkdirs(Fd.CWD, absolute.toString(), 0755);
    Path real = absolute.toRealPath();
    Path source = repo.path().toRealPath();
    if (real.startsWith(source) || source.startsWith(real)) {
      throw new Failure(
          ErrorCode.REPO_UNSUITABLE,
          real + " and the repository " + source + " lie in each other",
          "Publish to a directory beside the repository.");
    }
    Fd directory = Fs.openDir(Fd.CWD, real.toString());
    return new DirectoryTarget(real, existing.toRealPath(), directory, linking);
  }

  /** The path, or the first directory above it that is there. */
  private static Path existing(Path path) {
    Path parent = path.getParent();
    return parent == null || Files.exists(path) ? path : existing(parent);
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public Map<String, Long> list(String below) throws IOException {
    var found = new HashMap<String, Long>();
    walk(below, found);
    return found;
  }

  private void walk(String below, Map<String, Long> found) throws IOException {
    try (Fd opened = Fs.openDirIfExists(directory, below)) {
      if (opened == null) {
        return;
      }
      for (DirEntry entry : DirStream.list(opened)) {
        String each = below + "/" + entry.name();
        if (entry.type() == DirEntry.DT_DIR) {
          walk(each, found);
        } else if (entry.name().startsWith(TEMPORARY)) {
          stale.add(each);
        } else if (!entry.name().startsWith(".")) {
          FileStat stat = Fs.statIfExists(opened, entry.name());
          if (stat != null && stat.isRegular()) {
            found.put(each, stat.size());
          }
        }
      }
    }
  }

  @Override
  public Optional<byte[]> read(String file) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(path.resolve(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<PublishFile> differing(List<PublishFile> files) throws IOException {
    var other = new ArrayList<PublishFile>();
    for (PublishFile file : files) {
      if (!same(file)) {
        other.add(file);
      }
    }
    return other;
  }

  private boolean same(PublishFile file) throws IOException {
    Path there = path.resolve(file.path());
    if (file.content() instanceof Content.OfFile(Path here, long _)) {
      // A link of an earlier time needs no look inside.
      return Files.isSameFile(here, there) || Files.mismatch(here, there) < 0;
    }
    try (InputStream content = file.open()) {
      return Arrays.equals(content.readAllBytes(), Files.readAllBytes(there));
    }
  }

  @Override
  public void put(List<PublishFile> files, Consumer<PublishFile> done) throws IOException {
    var parents = new TreeSet<String>();
    files.forEach(file -> parents.add(parent(file.path())));
    for (String parent : parents) {
      Fs.mkdirs(directory, parent, 0755);
    }
    Workers.each(
        files.size(),
        number -> {
          PublishFile file = files.get(number);
          put(file);
          done.accept(file);
        });
  }

  private static String parent(String file) {
    int slash = file.lastIndexOf('/');
    return slash < 0 ? "." : file.substring(0, slash);
  }

  private void put(PublishFile file) throws IOException {
    String parent = parent(file.path());
    String temporary =
        parent
            + "/"
            + TEMPORARY
            + ProcessHandle.current().pid()
            + "-"
            + temporaries.incrementAndGet();
    try {
      switch (file.content()) {
        case Content.OfFile(Path here, long _) -> {
          // Parts of deltas are made anew under their old names, but never written in place.
          if (linking == Linking.NEVER || !link(here, temporary)) {
            copy(here, temporary);
          }
        }
        case Content.OfBytes(byte[] bytes) -> write(bytes, temporary);
      }
      Fs.rename(directory, temporary, directory, file.path());
    } catch (IOException | RuntimeException e) {
      Fs.unlinkIfExists(directory, temporary);
      throw e;
    }
    // Renaming a link over another link to the same file does nothing and leaves both.
    Fs.unlinkIfExists(directory, temporary);
  }

  private boolean link(Path here, String temporary) throws IOException {
    try {
      Fs.link(Fd.CWD, here.toString(), directory, temporary);
      return true;
    } catch (PosixException e) {
      if (e.errno() == Errno.EXDEV || e.errno() == Errno.EPERM || e.errno() == Errno.EMLINK) {
        return false;
      }
      throw e;
    }
  }

  private void copy(Path here, String temporary) throws IOException {
    try (Fd from = Fs.openRead(Fd.CWD, here.toString());
        Fd to = create(temporary)) {
      long size = Fs.fstat(from).size();
      if (!Io.tryClone(from, to)) {
        for (long left = size; left > 0; ) {
          long count = Io.copyFileRange(from, to, left);
          if (count <= 0) {
            throw new EOFException(here + " became shorter while it was copied");
          }
          left -= count;
        }
      }
      if (Fs.fstat(to).size() != size) {
        throw new EOFException(here + " was not copied as a whole");
      }
    }
  }

  private void write(byte[] bytes, String temporary) throws IOException {
    try (Fd to = create(temporary)) {
      Io.writeFully(to, bytes);
    }
  }

  private Fd create(String temporary) throws IOException {
    int flags = OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_WRONLY;
    Fd file = Fs.open(directory, temporary, flags, 0644);
    // Whoever serves it must be able to read it, whatever the umask.
    Fs.chmod(file, 0644);
    return file;
  }

  @Override
  public void delete(List<String> paths) throws IOException {
    for (String each : paths) {
      Fs.unlinkIfExists(directory, each);
      removeEmpty(each);
    }
  }

  /** Removes directories that became empty, up to the top ones. */
  private void removeEmpty(String file) throws IOException {
    @Nullable String parent = parent(file);
    while (parent != null && parent.indexOf('/') > 0 && !parent.startsWith("objects/")) {
      try {
        Fs.rmdir(directory, parent);
      } catch (PosixException e) {
        if (e.errno() == Errno.ENOTEMPTY || e.errno() == Errno.ENOENT) {
          return;
        }
        throw e;
      }
      parent = parent(parent);
    }
  }

  @Override
  public void flush() throws IOException {
    for (String each : stale) {
      Fs.unlinkIfExists(directory, each);
    }
    stale.clear();
    for (String each : SKELETON) {
      Fs.mkdirs(directory, each, 0755);
    }
    Io.syncfs(directory);
  }

  /** A directory that was made and got nothing goes again: a dry run leaves no trace. */
  @Override
  public void close() throws IOException {
    directory.close();
    @Nullable Path each = path;
    while (each != null && !each.equals(existing) && each.startsWith(existing)) {
      try {
        Files.delete(each);
      } catch (DirectoryNotEmptyException e) {
        return;
      }
      each = each.getParent();
    }
  }
}
