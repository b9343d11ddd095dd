package dev.coppice.cli.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.http.Fault;
import dev.coppice.testdata.http.ReceivedRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What servers do wrong, and what lines break: errors that say what, and nothing half done. */
class PullFaultTest {
  private ServedRepo served;
  private CliRunner runner;
  private Path client;

  @BeforeEach
  void make() throws IOException {
    served = new ServedRepo(RealOstree.require());
    runner = CliRunner.in(served.temp.path(""));
    client = served.temp.path("c");
    assertThat(runner.ostree("init", "--repo=c", "--mode=bare-user").code()).isZero();
    addRemote("up");
  }

  private void addRemote(String name) {
    String url = served.server.uri().toString();
    runner.ostree("remote", "add", "--repo=c", "--no-gpg-verify", name, url);
  }

  @AfterEach
  void remove() throws IOException {
    served.close();
  }

  private CliRunner.Result pull(String... more) {
    var line = new ArrayList<>(List.of("pull", "--repo=c", "--network-retries=1"));
    line.addAll(List.of(more));
    line.addAll(List.of("up", "os/x"));
    return runner.ostree(line.toArray(String[]::new));
  }

  private void failsWith(CliRunner.Result result, String... parts) {
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).startsWith("error: ").contains(parts).doesNotContain("Exception");
    assertThat(runner.ostree("rev-parse", "--repo=c", "up:os/x").code()).isEqualTo(1);
    assertThat(runner.ostree("fsck", "--repo=c").code()).isZero();
  }

  private void succeeds() {
    CliRunner.Result result = pull();
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(served.real.run("fsck", "--repo=" + client).exit()).isZero();
    assertThat(runner.ostree("rev-parse", "--repo=c", "up:os/x").out().strip())
        .isEqualTo(served.commits[2]);
    assertThat(Files.exists(client.resolve("state/" + served.commits[2] + ".commitpartial")))
        .isFalse();
  }

  /** An object of the newest commit, by what its path ends with. */
  private Path object(String suffix) throws IOException {
    String list = served.real.on(served.repo, "ls", "-RC", "os/x");
    String name =
        suffix.equals(".filez")
            ? list.lines().filter(l -> l.endsWith("/usr/f30")).findFirst().orElseThrow()
            : list.lines().filter(l -> l.endsWith("/usr/share")).findFirst().orElseThrow();
    String checksum = checksum(name);
    return served.repo.resolve(ServedRepo.objectPath(checksum, suffix.substring(1)).substring(1));
  }

  /** The checksum in a line of {@code ls -C}: mode, owner, group, size, checksum. */
  private static String checksum(String line) {
    return line.strip().split(" +", 6)[4];
  }

  private String requestPath(Path object) {
    return "/" + served.repo.relativize(object);
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Path object = object(".filez");
    Path away = Files.move(object, served.temp.path("away"));
    String checksum = requestPath(object).substring(9).replace("/", "").replace(".filez", "");
    failsWith(pull(), "No such", checksum);
    Files.move(away, object);
    succeeds();
  }

  @Test
  void damageOnTheLineIsFetchedAgain() throws IOException {
    served.server.queue(requestPath(object(".filez")), new Fault.WrongByte(40));
    succeeds();
  }

  @Test
  void damageOnTheServerIsRefused() throws IOException {
    Path object = object(".filez");
    byte[] whole = Files.readAllBytes(object);
    byte[] damaged = whole.clone();
    damaged[whole.length / 2] ^= 4;
    Files.write(object, damaged);
    failsWith(pull(), "orrupt");
    Files.write(object, whole);
    succeeds();
  }

  @Test
  void aDirectoryThatIsAnotherIsRefused() throws IOException {
    Path object = object(".dirtree");
    byte[] whole = Files.readAllBytes(object);
    try (Stream<Path> all = Files.walk(served.repo.resolve("objects"))) {
      Path other =
          all.filter(p -> p.toString().endsWith(".dirtree") && !p.equals(object))
              .findFirst()
              .orElseThrow();
      Files.write(object, Files.readAllBytes(other));
    }
    failsWith(pull(), "orrupt", "dirtree");
    Files.write(object, whole);
    succeeds();
  }

  @Test
  void metadataWithoutEndIsRefused() throws IOException {
    // What is more than most objects is asked for once more, when there is room for it.
    served.server.queue(requestPath(object(".dirtree")), new Fault.Endless(), new Fault.Endless());
    failsWith(pull(), "exceeded maximum size of 134217728 bytes");
  }

  /** Together they would be ten times the memory of this process. */
  @Test
  void metadataWithoutEndOnAllConnectionsIsRefused() throws IOException {
    Path tree = served.temp.path("wide");
    for (int i = 0; i < 40; i++) {
      Files.writeString(Files.createDirectories(tree.resolve("d" + i)).resolve("f"), "" + i);
    }
    List<String> before = dirtrees();
    String commit =
        served.real.on(served.repo, "commit", "--branch=os/x", "--tree=dir=" + tree).strip();
    served.real.on(served.repo, "summary", "-u");
    String root = served.real.on(served.repo, "ls", "-dC", commit, "/").split(" +")[4];
    for (String path : dirtrees()) {
      if (!before.contains(path) && !path.equals(ServedRepo.objectPath(root, "dirtree"))) {
        served.server.queue(path, new Fault.Endless(), new Fault.Endless());
      }
    }
    CliRunner.Result result = pull();
    failsWith(result, "exceeded maximum size of 134217728 bytes");
    assertThat(result.err()).contains("[response-too-large]").doesNotContain("memory");
  }

  private List<String> dirtrees() throws IOException {
    try (Stream<Path> all = Files.walk(served.repo.resolve("objects"))) {
      return all.filter(path -> path.toString().endsWith(".dirtree"))
          .map(this::requestPath)
          .toList();
    }
  }

  @Test
  void aCompressionBombIsRefused() throws IOException {
    Path object = object(".filez");
    byte[] whole = Files.readAllBytes(object);
    var bomb = new ByteArrayOutputStream();
    // The header stays, so that the content is more than what it announces.
    bomb.write(whole, 0, 8 + ((whole[2] & 0xff) << 8 | (whole[3] & 0xff)));
    try (var deflate = new DeflaterOutputStream(bomb, new Deflater(9, true))) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 200; i++) {
        deflate.write(zeros);
      }
    }
    Files.write(object, bomb.toByteArray());
    failsWith(pull(), "orrupt");
    try (Stream<Path> all = Files.walk(client)) {
      assertThat(all.filter(Files::isRegularFile)).allMatch(p -> p.toFile().length() < 1 << 20);
    }
    Files.write(object, whole);
    succeeds();
  }

  @Test
  void aSummaryThatNamesNoCommitIsRefused() throws IOException {
    Path commit =
        served.repo.resolve(ServedRepo.objectPath(served.commits[2], "commit").substring(1));
    Path away = Files.move(commit, served.temp.path("away"));
    failsWith(pull(), "No such", served.commits[2]);
    Files.move(away, commit);
    succeeds();
  }

  @Test
  void aSummaryThatIsNoneIsRefused() throws IOException {
    byte[] junk = new byte[1000];
    Arrays.fill(junk, (byte) 0xa5);
    Files.write(served.repo.resolve("summary"), junk);
    failsWith(pull(), "summary");
  }

  @Test
  void troubleInBetweenIsStood() throws IOException {
    served.server.randomly(
        7, 80, new Fault.Status(503), new Fault.Reset(30), new Fault.Truncate(50));
    CliRunner.Result result =
        runner.ostree("pull", "--repo=c", "--network-retries=6", "up", "os/x");
    assertThat(result.err()).isEmpty();
    served.server.randomly(7, 0, new Fault.None());
    succeeds();
  }

  @Test
  void goesOnWhereItWas() throws IOException {
    // Files come in the order of their checksums.
    String last =
        served
            .real
            .on(served.repo, "ls", "-RC", "os/x")
            .lines()
            .filter(line -> line.startsWith("-"))
            .map(PullFaultTest::checksum)
            .max(String::compareTo)
            .orElseThrow();
    String path = ServedRepo.objectPath(last, "filez");
    served.server.queue(path, new Fault.Status(500));
    CliRunner.Result broken =
        pull("--disable-retry-on-network-errors", "--max-outstanding-fetcher-requests=1");
    failsWith(broken, "Server returned HTTP 500", path, "try again later");
    int before = objects(served.server.requests()).size();
    assertThat(before).isGreaterThan(ServedRepo.FILES);
    succeeds();
    List<String> all = objects(served.server.requests());
    // The commit is kept apart until all of its tree is there.
    String commit = ServedRepo.objectPath(served.commits[2], "commit");
    assertThat(all.subList(before, all.size())).containsExactly(commit, path);
  }

  private static List<String> objects(List<ReceivedRequest> requests) {
    return requests.stream()
        .map(ReceivedRequest::path)
        .filter(path -> path.startsWith("/objects/") && !path.endsWith(".commitmeta"))
        .toList();
  }

  @Test
  void aDryRunIsExactAndChangesNothingThatCounts() throws IOException {
    CliRunner.Result dry = pull("--dry-run", "--json");
    assertThat(dry.code()).isZero();
    long download = number(dry.out(), "download");
    long files = number(dry.out(), "files");
    assertThat(runner.ostree("refs", "--repo=c").out()).isEmpty();
    CliRunner.Result real = pull("--json");
    assertThat(number(real.out(), "content")).isEqualTo(files);
    long sizes = 0;
    for (String path : objects(served.server.requests())) {
      sizes += path.endsWith(".filez") ? Files.size(served.repo.resolve(path.substring(1))) : 0;
    }
    assertThat(download).isEqualTo(sizes);
    assertThat(real.out()).contains("\"ref\": \"up:os/x\"", served.commits[2]);
  }

  private static long number(String json, String name) {
    String text = json.split("\"" + name + "\": ", 2)[1];
    return Long.parseLong(text.split("[^0-9]", 2)[0]);
  }

  @Test
  void passwordsAreNotShown() {
    served.server.requireBasic("user", "secret");
    String url = served.server.uri().toString().replace("://", "://user:wrong@");
    runner.ostree("remote", "add", "--repo=c", "--no-gpg-verify", "--force", "up", url);
    CliRunner.Result result = pull();
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("401").doesNotContain("wrong");
  }
}
