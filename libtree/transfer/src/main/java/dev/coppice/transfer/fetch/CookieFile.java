package dev.coppice.transfer.fetch;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.Durability;
import dev.coppice.core.io.FileReplacement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The cookie jar of a remote as a file that is changed, {@code REMOTE.cookies.txt} in the
 * repository. Fields are told apart by any white space, as the real tool reads them. Source: {@code
 * ot-remote-cookie-util.c}.
 *
 * <p>The file is bytes: they are sent to servers as they are, by {@link CookieJar}, and a line that
 * nobody asked to change stays what it is. Texts that people give and see are UTF-8.
 *
 * @param path of the jar, which need not exist
 */
public record CookieFile(Path path) {
  private static final int FIELDS = 7;

  /** For how long a cookie that is added is good. */
  private static final int YEARS = 25;

  /**
   * A line of the jar.
   *
   * @param secure as the jar says it, {@code TRUE} or {@code FALSE}
   * @param expires seconds since 1970
   */
  public record Entry(
      String domain, String path, String secure, long expires, String name, String value) {
    boolean is(String otherDomain, String otherPath, String otherName) {
      return domain.equals(otherDomain) && path.equals(otherPath) && name.equals(otherName);
    }
  }

  /** The cookies in the order of the file. */
  public List<Entry> entries() throws IOException {
    return lines().stream().flatMap(line -> entry(line).stream()).toList();
  }

  /**
   * Adds a cookie at the end; the same name twice is left to the server.
   *
   * @throws Failure when a part cannot be written to a jar
   */
  public void add(String domain, String cookiePath, String name, String value) throws IOException {
    for (String part : List.of(domain, cookiePath, name, value)) {
      if (part.isEmpty() || part.chars().anyMatch(c -> c < ' ')) {
        throw new Failure(
            ErrorCode.INPUT_INVALID,
            "A part of the cookie is empty or has control characters",
            "Fields of a cookie jar are on one line, with tabs between them.");
      }
    }
    long expires = ZonedDateTime.now(ZoneOffset.UTC).plusYears(YEARS).toEpochSecond();
    String below = domain.startsWith(".") ? "TRUE" : "FALSE";
    String line =
        String.join("\t", domain, below, cookiePath, "FALSE", Long.toString(expires), name, value);
    // A cookie can be as good as a password; whatever the umask, others need not read it.
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    try (SeekableByteChannel file = Files.newByteChannel(path, options, mode)) {
      ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    }
  }

  /** Deletes a cookie, and leaves every other line as it is; false when it is not there. */
  public boolean delete(String domain, String cookiePath, String name) throws IOException {
    List<String> lines = lines();
    var kept = new ArrayList<String>(lines);
    boolean found =
        kept.removeIf(
            line -> entry(line).filter(entry -> entry.is(domain, cookiePath, name)).isPresent());
    if (found) {
      String text = kept.isEmpty() ? "" : String.join("\n", kept) + "\n";
      FileReplacement.write(path, text.getBytes(StandardCharsets.ISO_8859_1), Durability.SYNCED);
    }
    return found;
  }

  /** Lines with a character for each byte. */
  private List<String> lines() throws IOException {
    try {
      return Files.readAllLines(path, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static Optional<Entry> entry(String line) {
    String text = new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    List<String> fields = List.of(text.strip().split("\\s+", FIELDS + 1));
    if (fields.size() < FIELDS || !fields.get(4).matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    return Optional.of(
        new Entry(
            fields.get(0),
            fields.get(2),
            fields.get(3),
            Long.parseLong(fields.get(4)),
            fields.get(5),
            fields.get(6)));
  }
}
