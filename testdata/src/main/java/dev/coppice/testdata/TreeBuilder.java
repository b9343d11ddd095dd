package dev.coppice.testdata;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * Builds a tree of files for a test. Each call adds an entry (and the directories above it) or
 * changes the one added last: {@code tree.file("bin/su", "x").mode(04755).owner(0, 0)}.
 *
 * <p>Modes do not depend on the umask: directories are 0755 and files 0644 unless said otherwise.
 * I/O errors come as {@link UncheckedIOException}.
 */
public final class TreeBuilder {
  private static final int CHUNK = 1 << 16;

  private final Path root;
  private Path last;

  private TreeBuilder(Path root) {
    this.root = root;
    this.last = root;
  }

  /** A builder in a directory, which is made if it does not exist. */
  public static TreeBuilder in(Path root) {
    var builder = new TreeBuilder(root);
    builder.makeDirectory(root);
    return builder;
  }

  /** The root of the tree. */
  public Path root() {
    return root;
  }

  /** Adds a directory, or selects it when it exists. */
  public TreeBuilder dir(String path) {
    last = root.resolve(path);
    makeDirectory(last);
    return this;
  }

  /** Adds nested directories below {@code path}, {@code depth} of them. */
  public TreeBuilder deep(String path, int depth) {
    return dir(path + "/d".repeat(depth));
  }

  /** Adds a file with text. */
  public TreeBuilder file(String path, String text) {
    return file(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a file with bytes. */
  public TreeBuilder file(String path, byte[] content) {
    attempt(() -> Files.write(add(path), content));
    return mode(0644);
  }

  /** Adds a file of {@code size} bytes that no compression makes smaller, the same for one seed. */
  public TreeBuilder randomFile(String path, long size, long seed) {
    attempt(
        () -> {
          var random = new SplittableRandom(seed);
          try (OutputStream out = Files.newOutputStream(add(path))) {
            byte[] chunk = new byte[CHUNK];
            for (long left = size; left > 0; left -= CHUNK) {
              random.nextBytes(chunk);
              out.write(chunk, 0, (int) Math.min(left, CHUNK));
            }
          }
        });
    return mode(0644);
  }

  /** Adds a symbolic link. */
  public TreeBuilder symlink(String path, String target) {
    attempt(() -> Files.createSymbolicLink(add(path), Path.of(target)));
    return this;
  }

  /** Adds a hard link to an entry of this tree. */
  public TreeBuilder hardlink(String path, String existing) {
    attempt(() -> Files.createLink(add(path), root.resolve(existing)));
    return this;
  }

  /** Adds a named pipe, which no tree of objects can hold. */
  public TreeBuilder fifo(String path) {
    Programs.run("mkfifo", add(path).toString()).ok();
    return this;
  }

  /** Adds a character device, which no tree of objects can hold; needs root. */
  public TreeBuilder device(String path) {
    Programs.run("mknod", add(path).toString(), "c", "1", "3").ok();
    return this;
  }

  /** Adds a socket, which no tree of objects can hold. */
  public TreeBuilder socket(String path) {
    attempt(
        () -> {
          try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(add(path)));
          }
        });
    return this;
  }

  /** Adds a file of {@code size} zero bytes that takes no space. */
  public TreeBuilder sparseFile(String path, long size) {
    attempt(
        () -> {
          try (var channel =
              Files.newByteChannel(
                  add(path), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.position(size - 1).write(ByteBuffer.allocate(1));
          }
        });
    return mode(0644);
  }

  /** Sets all twelve mode bits of the last entry. */
  public TreeBuilder mode(int mode) {
    attempt(() -> Files.setAttribute(last, "unix:mode", mode));
    return this;
  }

  /**
   * Sets the owner of the last entry, links included; needs root. Clears setuid: set modes after.
   */
  public TreeBuilder owner(int uid, int gid) {
    attempt(
        () -> {
          Files.setAttribute(last, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
          Files.setAttribute(last, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
        });
    return this;
  }

  /** Sets the modification time of the last entry, in seconds. */
  public TreeBuilder mtime(long seconds) {
    attempt(() -> Files.setLastModifiedTime(last, FileTime.from(Instant.ofEpochSecond(seconds))));
    return this;
  }

  /**
   * Sets an extended attribute of the last entry. Those outside {@code user.} need the program
   * {@code setfattr} and mostly root.
   */
  public TreeBuilder xattr(String name, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    if (name.startsWith("user.")) {
      attempt(
          () -> {
            var view = Files.getFileAttributeView(last, UserDefinedFileAttributeView.class);
            view.write(name.substring("user.".length()), ByteBuffer.wrap(bytes));
          });
    } else {
      String hex = "0x" + HexFormat.of().formatHex(bytes);
      Programs.run("setfattr", "-h", "-n", name, "-v", hex, last.toString()).ok();
    }
    return this;
  }

  private Path add(String path) {
    last = root.resolve(path);
    Path parent = last.getParent();
    if (parent != null) {
      makeDirectory(parent);
    }
    return last;
  }

  private void makeDirectory(Path directory) {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.getParent();
    if (parent != null) {
      makeDirectory(parent);
    }
    attempt(
        () -> {
          Files.createDirectory(directory);
          Files.setAttribute(directory, "unix:mode", 0755);
        });
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void attempt(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
