package dev.coppice.reposerver.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of the access log. */
class AccessLogTest {
  @TempDir Path temp;

  private final List<String> reports = new CopyOnWriteArrayList<>();

  private static Served request(String path) {
    return new Served(0, 0, "::1", Optional.empty(), "GET", path, "HTTP/1.1", 200, 1, null, null);
  }

  private AccessLog open(Path file) throws IOException {
    return AccessLog.open(Optional.of(file), LogFormat.COMMON, reports::add);
  }

  private static void await(Path file, String text) throws Exception {
    for (int i = 0; i < 1000; i++) {
      if (Files.exists(file) && Files.readString(file).contains(text)) {
        return;
      }
      Thread.sleep(10);
    }
    throw new AssertionError(file + " does not get " + text);
  }

  @Test
  void writesAllLinesInTheirOrderBeforeItCloses() throws Exception {
    Path file = temp.resolve("log");
    Files.writeString(file, "old\n");
    try (AccessLog log = open(file)) {
      for (int i = 0; i < 5000; i++) {
        log.add(request("/" + i));
      }
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(5001).startsWith("old");
    for (int i = 0; i < 5000; i++) {
      assertThat(lines.get(i + 1)).contains("GET /" + i + " ");
    }
  }

  @Test
  void goesOnInANewFileWhenTheOldOneIsRenamed() throws Exception {
    Path file = temp.resolve("log");
    Path old = temp.resolve("log.1");
    try (AccessLog log = open(file)) {
      log.add(request("/first"));
      await(file, "/first");
      Files.move(file, old);
      log.add(request("/second"));
      await(file, "/second");
    }
    assertThat(Files.readString(old)).contains("/first").doesNotContain("/second");
    assertThat(Files.readString(file)).doesNotContain("/first");
    assertThat(reports).isEmpty();
  }

  @Test
  void reportsOnceWhenItCannotWriteAndCountsWhatIsLost() throws Exception {
    Path directory = Files.createDirectory(temp.resolve("logs"));
    Path file = directory.resolve("log");
    try (AccessLog log = open(file)) {
      Files.delete(file);
      Files.delete(directory);
      log.add(request("/1"));
      while (log.dropped() < 1) {
        Thread.sleep(5);
      }
      log.add(request("/2"));
      while (log.dropped() < 2) {
        Thread.sleep(5);
      }
      assertThat(reports).hasSize(1).first().asString().contains("cannot write the access log");
      Files.createDirectory(directory);
      log.add(request("/3"));
      await(file, "/3");
    }
  }
}
