package dev.coppice.reposerver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.core.repo.Repo;
import dev.coppice.sign.openpgp.GpgHome;
import dev.coppice.testdata.Gpg;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Requirement;
import dev.coppice.testdata.TempTree;
import dev.coppice.transfer.summary.SummaryRequest;
import dev.coppice.transfer.summary.SummaryUpdate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real flatpak installs a tiny runtime from the server, with signatures verified. */
class FlatpakTest {
  private TempTree temp;
  private Gpg gpg;
  private String key;
  private Path repo;
  private String arch;
  private String ref;

  @BeforeEach
  void create() {
    Requirement.program("flatpak", "flatpak");
    temp = TempTree.create();
    gpg = Gpg.require();
    key = gpg.key("Runtimes <runtimes@example.org>");
    repo = temp.path("repo");
    arch = Programs.run("flatpak", "--default-arch").ok().out().strip();
    ref = "runtime/org.example.Tiny/" + arch + "/1";
  }

  @AfterEach
  void close() {
    temp.close();
    if (gpg != null) {
      gpg.close();
    }
  }

  private String metadata() {
    String name = "org.example.Tiny/" + arch + "/1";
    return "[Runtime]\nname=org.example.Tiny\nruntime=" + name + "\nsdk=" + name + "\n";
  }

  /** Everything made by flatpak's own tools; its summary is cut into one for each architecture. */
  private void buildByFlatpak(String content) throws IOException {
    temp.tree("build").file("metadata", metadata()).file("usr/bin/tool", content).dir("files");
    String home = "--gpg-homedir=" + gpg.home();
    String build = temp.path("build").toString();
    flatpak(
            "flatpak",
            "build-export",
            "--runtime",
            "--disable-sandbox",
            "--gpg-sign=" + key,
            home,
            repo.toString(),
            build,
            "1")
        .ok();
    flatpak("flatpak", "build-update-repo", "--gpg-sign=" + key, home, repo.toString()).ok();
  }

  /** A commit of ostree's, and a summary of ours, which has nothing that only flatpak knows. */
  private void buildByOurs(String content) throws IOException {
    RealOstree ostree = RealOstree.require();
    if (!Files.exists(repo)) {
      ostree.on(repo, "init", "--mode=archive");
    }
    temp.tree("tree").file("metadata", metadata()).file("files/bin/tool", content);
    ostree.on(
        repo,
        "commit",
        "-b",
        ref,
        "--owner-uid=0",
        "--owner-gid=0",
        "--no-xattrs",
        "--add-metadata-string=xa.metadata=" + metadata(),
        "--add-metadata-string=xa.ref=" + ref,
        "--gpg-sign=" + key,
        "--gpg-homedir=" + gpg.home(),
        temp.path("tree").toString());
    var signer = new GpgHome(Optional.of(gpg.home())).key(key);
    SummaryRequest plain = SummaryRequest.plain();
    try (Repo opened = Repo.open(repo)) {
      new SummaryUpdate(opened)
          .run(new SummaryRequest(plain.metadata(), List.of(signer), plain.times()));
    }
  }

  /** Runs it as a user with nothing: no home, no session bus, no installation of the system. */
  private Programs.Result flatpak(String... command) throws IOException {
    String home = Files.createDirectories(temp.path("home")).toString();
    return Programs.run(
        List.of(command),
        temp.root(),
        Map.of(
            "HOME",
            home,
            "XDG_DATA_HOME",
            home + "/data",
            "FLATPAK_USER_DIR",
            temp.path("installation").toString(),
            "DBUS_SESSION_BUS_ADDRESS",
            "unix:path=/nonexistent"));
  }

  private Programs.Result add(URI server, byte[] trusted) throws IOException {
    Path file = Files.write(temp.path("key.gpg"), trusted);
    return flatpak(
        "flatpak", "--user", "remote-add", "--gpg-import=" + file, "origin", server.toString());
  }

  private Programs.Result user(String verb, String... more) throws IOException {
    var command = new ArrayList<>(List.of("flatpak", "--user", verb, "-y", "--noninteractive"));
    command.addAll(List.of(more));
    return flatpak(command.toArray(String[]::new));
  }

  private Path installed() {
    return temp.path("installation").resolve(ref).resolve("active/files/bin/tool");
  }

  private RepoServer serve() throws IOException {
    return RepoServer.start(
        ServerSettings.simple(repo, TestRepo.ANY_PORT),
        (place, base) -> new HelloPages(base),
        line -> {});
  }

  private interface Build {
    void run(String content) throws IOException;
  }

  private void installsAndUpdates(Build build) throws IOException {
    build.run("one\n");
    try (RepoServer server = serve()) {
      add(server.addresses().getFirst(), gpg.export(key)).ok();
      user("install", "origin", ref).ok();
      assertThat(installed()).hasContent("one\n");
      build.run("two\n");
      user("update").ok();
      assertThat(installed()).hasContent("two\n");
    }
  }

  @Test
  void runtimeOfFlatpakIsInstalledAndUpdated() throws IOException {
    installsAndUpdates(this::buildByFlatpak);
    assertThat(repo.resolve("summary.idx")).exists();
  }

  @Test
  void runtimeWithOurSummaryIsInstalledAndUpdated() throws IOException {
    installsAndUpdates(this::buildByOurs);
    assertThat(repo.resolve("summary.idx")).doesNotExist();
  }

  @Test
  void anotherKeyIsRefused() throws IOException {
    buildByOurs("one\n");
    String other = gpg.key("Somebody else <else@example.org>");
    try (RepoServer server = serve()) {
      Programs.Result added = add(server.addresses().getFirst(), gpg.export(other));
      Programs.Result result = added.exit() == 0 ? user("install", "origin", ref) : added;
      assertThat(result.exit()).isNotZero();
      assertThat(result.err()).contains("public key not found");
      assertThat(installed()).doesNotExist();
    }
  }

  @Test
  void summaryThatWasChangedIsRefused() throws IOException {
    buildByOurs("one\n");
    byte[] summary = Files.readAllBytes(repo.resolve("summary"));
    byte[] signature = Files.readAllBytes(repo.resolve("summary.sig"));
    buildByOurs("two\n");
    assertThat(Files.readAllBytes(repo.resolve("summary"))).isNotEqualTo(summary);
    Files.write(repo.resolve("summary.sig"), signature);
    try (RepoServer server = serve()) {
      Programs.Result added = add(server.addresses().getFirst(), gpg.export(key));
      Programs.Result result = added.exit() == 0 ? user("install", "origin", ref) : added;
      assertThat(result.exit()).isNotZero();
      assertThat(installed()).doesNotExist();
    }
  }
}
