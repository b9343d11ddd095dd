package dev.coppice.core.store;

import dev.coppice.core.object.ObjectName;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.OpenFlags;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which file of a staging directory is which object, written down when the file is complete: what a
 * killed process has staged is found again by this. It costs one write for each object, where
 * giving each file the name of its object would cost a change of a directory.
 *
 * <p>A line is {@code PARTS/NUMBER FANOUT/NAME}. It is read in the same boot only, so it needs no
 * sync: what a process has written stays when it is killed. For several threads.
 */
final class StagingJournal implements AutoCloseable {
  private static final String NAME = "journal";
  private static final Pattern LINE =
      Pattern.compile("(parts-[0-9]/[0-9a-z]+) ([0-9a-f]{2})/(\\S+)");

  /** Ten million objects; a longer one is none of ours. */
  private static final long MAX_BYTES = 1L << 30;

  private final Fd file;

  private StagingJournal(Fd file) {
    this.file = file;
  }

  /** A complete file and its object. */
  record Entry(String path, ObjectName object) {}

  /** Begins one, which must not be there. */
  static StagingJournal begin(Fd directory) throws IOException {
    int flags = OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_APPEND;
    return new StagingJournal(Fs.open(directory, NAME, flags, 0600));
  }

  /** What one says; nothing when there is none. A line that was not finished does not count. */
  static List<Entry> read(Fd directory, RepoMode mode) throws IOException {
    var entries = new ArrayList<Entry>();
    try (Fd file = Fs.openIfExists(directory, NAME, OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW)) {
      if (file == null) {
        return entries;
      }
      var text = new String(Io.readAll(file, MAX_BYTES), StandardCharsets.US_ASCII);
      int end = text.lastIndexOf('\n');
      for (String line : text.substring(0, Math.max(end, 0)).lines().toList()) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          Optional<ObjectName> object = RepoLayout.parse(matcher.group(2), matcher.group(3), mode);
          object.ifPresent(name -> entries.add(new Entry(matcher.group(1), name)));
        }
      }
    }
    return entries;
  }

  static void delete(Fd directory) throws IOException {
    Fs.unlinkIfExists(directory, NAME);
  }

  /**
   * Writes down an object.
   *
   * @param loosePath as it is named in the repository
   */
  void add(String path, String loosePath) throws IOException {
    Io.writeFully(file, (path + ' ' + loosePath + '\n').getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
