package dev.coppice.cli.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coppice.cli.CliRunner;
import dev.coppice.cli.SideBySide;
import dev.coppice.testdata.Gpg;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Root;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeerCommandsTest {
  private static final String ID = SignedCollection.ID;

  private RealOstree real;
  private Gpg gpg;
  private TempTree temp;
  private CliRunner runner;
  private SignedCollection collection;

  @BeforeEach
  void setUp() throws IOException {
    real = RealOstree.findNew().orElseGet(RealOstree::require);
    gpg = Gpg.require();
    temp = TempTree.create();
    runner = CliRunner.in(temp.root());
    Path origin = temp.path("origin");
    collection = SignedCollection.make(real, gpg, temp, origin);
    String alice = collection.alice();
    real.on(origin, "summary", "-u", "--gpg-sign=" + alice, "--gpg-homedir=" + gpg.home());
    client("client", "file://" + origin);
    real.on(temp.path("client"), "pull", "os", "main", "other");
  }

  @AfterEach
  void tearDown() {
    if (temp != null) {
      gpg.close();
      temp.close();
    }
  }

  private Path client(String name, String url) {
    return collection.client(name, "bare-user", url);
  }

  private SideBySide beside() {
    return new SideBySide(real, temp.root(), temp.root(), Map.of("id", ID));
  }

  @Test
  void whatIsConfiguredIsFoundAsByTheRealTool() {
    SideBySide.lines(
            """
            find-remotes --repo=client --finders=config {id} main
            find-remotes --repo=client --finders=config {id} nothing
            find-remotes --repo=client --finders=config org.example.Other main
            find-remotes --repo=client
            find-remotes --repo=client {id}
            find-remotes --repo=client {id} main {id}
            find-remotes --repo=client {id} main --mirror
            find-remotes --repo=client {id} main --finders=
            find-remotes --repo=client {id} main --finders=config,config
            find-remotes --repo=client {id} main --finders=somewhere
            ~ find-remotes --repo=client not␠an␠id main
            """)
        .forEach(beside()::check);
  }

  @Test
  void findersOfTheConfiguration() {
    real.on(temp.path("client"), "config", "set", "core.default-repo-finders", "mount");
    beside().check("find-remotes --repo=client org.example.Nobody main");
    runner.ostree("config", "--repo=client", "set", "core.default-repo-finders", "somewhere");
    CliRunner.Result result = runner.ostree("find-remotes", "--repo=client", ID, "main");
    assertThat(result.err()).startsWith("error: Invalid configured repo-finder 'somewhere'");
  }

  @Test
  void jsonSaysTheSame() {
    CliRunner.Result result =
        runner.ostree(
            "find-remotes", "--repo=client", "--json", "--finders=config", ID, "main", ID, "no");
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("\"keyring\": \"os.trustedkeys.gpg\"")
        .contains("\"commit\": \"" + real.on(temp.path("client"), "rev-parse", "os:main") + "\"")
        .contains("\"not-found\": [");
  }

  @Test
  void pullingFromARemote() {
    client("fresh", "file://" + temp.path("origin"));
    CliRunner.Result result =
        runner.ostree("find-remotes", "--repo=fresh", "--pull", "--finders=config", ID, "main");
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).endsWith("Pulled 1/1 refs successfully.\n");
    assertThat(real.on(temp.path("fresh"), "refs")).isEqualTo("os:main");
    real.on(temp.path("fresh"), "fsck");
  }

  @Test
  void drivesAreMadeAlike() throws IOException {
    for (String each : new String[] {"real", "ours"}) {
      Files.createDirectories(temp.path(each + "/stick"));
      Files.createSymbolicLink(temp.path(each + "/client"), temp.path("client"));
    }
    var beside = new SideBySide(real, temp.path("real"), temp.path("ours"), Map.of("id", ID));
    SideBySide.lines(
            """
            ~ create-usb
            create-usb --repo=client
            create-usb --repo=client stick
            create-usb --repo=client stick {id}
            create-usb --repo=client stick {id} main {id} other --commit=abc
            create-usb --repo=client nowhere {id} main
            create-usb --repo=client stick {id} nothing
            refs --repo=stick/.ostree/repo --collections
            create-usb --repo=stick/.ostree/repo stick {id} main
            config --repo=stick/.ostree/repo get core.mode
            refs --repo=stick/.ostree/repo --collections
            fsck --repo=stick/.ostree/repo --quiet
            """)
        .forEach(beside::check);
    assertThat(runIn("ours", "--destination-repo=../away").err())
        .startsWith("error: --destination-repo must be a descendent of MOUNT-PATH");
    assertThat(temp.path("ours/away")).doesNotExist();
    for (String place : new String[] {"odd/place", "odd/place", "ostree/repo", "other"}) {
      assertThat(runIn("ours", "--destination-repo=" + place).err()).isEmpty();
    }
    Path links = temp.path("ours/stick/.ostree/repos.d");
    assertThat(Files.readSymbolicLink(links.resolve("00-generated")))
        .isEqualTo(Path.of("../../odd/place"));
    assertThat(Files.readSymbolicLink(links.resolve("01-generated")))
        .isEqualTo(Path.of("../../other"));
    assertThat(links.resolve("02-generated")).doesNotExist();
  }

  private CliRunner.Result runIn(String directory, String option) {
    return CliRunner.in(temp.path(directory))
        .ostree("create-usb", "--repo=client", option, "stick", ID, "main");
  }

  /** Nobody can make a link in /sys, as on a drive with FAT. */
  @Test
  void aDriveWithoutLinks() throws IOException {
    Path links = Files.createDirectories(temp.path("stick/.ostree")).resolve("repos.d");
    Files.createSymbolicLink(links, Path.of("/sys/kernel"));
    CliRunner.Result result =
        runner.ostree("create-usb", "--repo=client", "--destination-repo=odd", "stick", ID, "main");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("error: Could not make the link that leads to the repository: ")
        .contains("leave out --destination-repo");
    real.on(temp.path("stick/odd"), "fsck");
  }

  @Test
  void oneCommitInPlaceOfTheNewest() throws IOException {
    String before = real.on(temp.path("client"), "rev-parse", "os:other");
    Files.createDirectory(temp.path("stick"));
    CliRunner.Result result =
        runner.ostree("create-usb", "--repo=client", "--commit=" + before, "stick", ID, "other");
    assertThat(result.out())
        .isEqualTo(
            "Copied 1/1 refs successfully from ‘"
                + temp.path("client")
                + "’ to ‘.ostree/repo’ repository in ‘stick’.\n");
    assertThat(Files.readString(temp.path("stick/.ostree/repo/refs/mirrors/" + ID + "/other")))
        .startsWith(before);
  }

  /** Both tools fill a drive, and both find there what the other one put on it. */
  @Test
  void drivesPassBetweenTheTools() throws IOException {
    Root.require();
    Path image = temp.path("image");
    try (var file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(16 << 20);
    }
    Path mount = Path.of("/media/coppice-test-" + ProcessHandle.current().pid());
    assumeTrue(
        Programs.run("mkfs.ext4", "-q", "-F", image.toString()).exit() == 0, "needs mkfs.ext4");
    Files.createDirectories(mount);
    Programs.Result mounted =
        Programs.run("mount", "-o", "loop", image.toString(), mount.toString());
    try {
      assumeTrue(mounted.exit() == 0, "needs to mount an image: " + mounted.err());
      passBetweenTheTools(mount);
    } finally {
      if (mounted.exit() == 0) {
        Programs.run("umount", "-l", mount.toString());
      }
      Files.delete(mount);
    }
  }

  private void passBetweenTheTools(Path mount) throws IOException {
    String main = real.on(temp.path("client"), "rev-parse", "os:main");
    String found = "find-remotes --repo=%s --finders=mount --pull {id} main";
    for (boolean ours : new boolean[] {true, false}) {
      TempTree.delete(mount.resolve(".ostree"));
      String[] put = {"create-usb", "--repo=client", mount.toString(), ID, "main"};
      if (ours) {
        assertThat(runner.ostree(put).err()).isEmpty();
      } else {
        real.runIn(temp.root(), put).ok();
      }
      client("theirs-" + ours, "http://localhost:1/");
      client("ours-" + ours, "http://localhost:1/");
      for (String line : new String[] {found, found + " --mirror"}) {
        Programs.Result theirs =
            real.runIn(temp.root(), words(line.formatted("theirs-" + ours))).ok();
        CliRunner.Result result = runner.ostree(words(line.formatted("ours-" + ours)));
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo(theirs.out()).contains(main);
      }
      for (String client : new String[] {"theirs-" + ours, "ours-" + ours}) {
        real.on(temp.path(client), "fsck");
        assertThat(real.on(temp.path(client), "rev-parse", "os:main")).isEqualTo(main);
        assertThat(real.on(temp.path(client), "refs", "--collections"))
            .contains("(" + ID + ", main)");
      }
    }
  }

  private static String[] words(String line) {
    return line.replace("{id}", ID).split(" ");
  }
}
