package dev.coppice.cli.repo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.cli.SideBySide;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * {@code init}, {@code refs}, {@code reset}, {@code config} and {@code remote} leave the same
 * repository as the real ostree, step by step.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ChangingCommandsTest {
  private final TempTree temp = TempTree.create();
  private SampleRepo sample;
  private Map<String, String> values;
  private int copies;

  @BeforeAll
  void make() throws IOException {
    sample = SampleRepo.make(RealOstree.require(), temp, "archive");
    values = sample.values();
  }

  @AfterAll
  void remove() {
    temp.close();
  }

  @Test
  void refsAreMadeAndDeleted() throws IOException {
    both(
        """
        refs --create=new
        refs --create=new main more
        refs --create=new nothing
        refs --create=new main^
        refs --create=new main
        refs --create=new --force main
        refs --create=os/stable main
        refs --create=upstream:os/stable main
        refs --create=upstream:other/ref {first}
        ~ refs --create=os main
        ~ refs --create=main/below main
        refs --create={zeros} main
        refs --create={short} main
        refs --create=main^ main
        refs --create=a␠b main
        refs --delete
        refs --delete nothing
        refs --delete os/x86/base
        refs --delete os/
        refs --delete ∅
        refs --delete nothing ∅
        ~ refs -A --create=new/alias main
        refs -A --create=old/alias main
        refs -A --create=current main
        refs -A --create=other nothing
        refs -A --create=upstream:alias main
        refs -A --create=main os/x86/base
        refs -A --create=main main
        set refs -A
        ~ refs --delete main
        refs -A --delete old
        set refs -A
        refs --delete current
        refs --delete os
        refs --delete upstream:other
        refs --delete new main
        set refs
        refs -c --create=org.example.Os:new os/stable
        refs -c --create=org.example.Os:new {first}
        refs -c --create=org.example.Os:next nothing
        refs -c --create=org.example.Os:next {first}
        refs -c --create=nonsense:next {first}
        refs -c --create=next {first}
        refs -c --create=org.example.Os:a:b {first}
        set refs -c
        refs -c --delete
        refs -c --delete nonsense
        refs -c --delete org.example.Os
        set refs -c
        """);
  }

  @Test
  void refsAreReset() throws IOException {
    both(
        """
        reset
        reset main
        reset nothing main
        reset main nothing
        reset main main^
        reset main {first}
        reset os/x86/base main
        set refs
        log main
        """);
  }

  @Test
  void settingsAreEdited() throws IOException {
    both(
        """
        config set core.name value
        config set core.name ␠␠a␠b\\c
        config get core.name
        config set other.name.dotted value
        config get other.name.dotted
        config --group=remote␠"x" set url http://example.com
        config get remote␠"x".url
        config set core.name äöü
        config set core.empty ∅
        config get core.empty
        2025.3 ~ config set core.mode quux
        2025.3 ~ config set core.repo_version 2
        2025.3 ~ config set core.min-free-space-size x
        2025.3 ~ config set core.min-free-space-percent 1000
        2025.3 ~ config set core.fsync maybe
        config set core.fsync false
        config set core.min-free-space-size 5GB
        2025.3 ~ config set sysroot.bootloader nonsense
        config set sysroot.bootloader none
        config set ex-integrity.fsverity maybe
        2025.3 ~ config set core.parent /nothing
        config unset core.name
        config unset core.name
        config unset nothing.name
        config unset other.name.dotted
        config set core.mode archive
        config unset core.mode
        """);
  }

  @Test
  void remotesAreConfigured() throws IOException {
    both(
        """
        remote list
        remote add
        remote add one
        remote add one http://example.com/
        remote add one http://example.org/
        remote add --if-not-exists one http://example.org/
        remote add --if-not-exists --force one http://example.org/
        remote add --force one http://example.org/ main os/stable
        remote add two metalink=http://example.com/meta
        remote add three mirrorlist=http://a --contenturl=mirrorlist=http://b --set=x=y --set=x=z=1
        remote add four http://example.com/ --no-gpg-verify --collection-id=org.example
        remote add five http://example.com/ --no-sign-verify
        remote add six http://example.com/ --sign-verify=nonsense=inline:abc
        remote add six http://example.com/ --sign-verify=ed25519
        remote add six http://example.com/ --no-sign-verify --sign-verify=ed25519=inline:abc
        remote add six http://example.com/ --set=x
        remote add six --custom-backend=other
        remote add seven --custom-backend=other http://example.com/ branch
        remote add a/b http://example.com/
        remote add a␠b http://example.com/
        remote add eight ∅
        remote add nine http://example.com/ a;b c␠d
        remote add dummy http://example.com/ --sign-verify=dummy=inline:abc --sign-verify=dummy=file:/x
        remote list
        remote list -u
        remote show-url
        remote show-url one
        remote show-url two
        remote show-url nothing
        remote show-url file:///x
        remote delete
        remote delete nothing
        remote delete --if-exists nothing
        remote delete one
        remote delete a/b
        remote delete --if-exists six
        remote list -u
        config set core.x y
        """);
  }

  @Test
  void repositoriesAreMade() throws IOException {
    Path theirs = Files.createDirectory(temp.path("theirs"));
    Path ours = Files.createDirectory(temp.path("ours"));
    String block =
        """
        init
        --repo=bare init
        --repo=bare init --mode=archive
        --repo=archive init --mode=archive
        --repo=z2 init --mode=archive-z2
        --repo=user init --mode=bare-user
        --repo=only init --mode=bare-user-only
        --repo=collection init --collection-id=org.example.Os
        --repo=x init --mode=nonsense
        --repo=x init --mode=
        --repo=x init --collection-id=nonsense
        ~ --repo=nothing/x init
        ~ --repo=nothing refs
        ~ --repo=bare/config refs
        """;
    for (RealOstree real : RealOstree.requireAll()) {
      var both = new SideBySide(real, theirs, ours, Map.of());
      SideBySide.lines(block).forEach(both::check);
      assertThat(state(ours)).isEqualTo(state(theirs));
      TempTree.delete(ours);
      TempTree.delete(theirs);
      Files.createDirectory(theirs);
      Files.createDirectory(ours);
    }
  }

  @Test
  void resetIsPartOfRefsUnderOurOwnName() {
    Path copy = temp.path("own");
    sample.copyTo(copy);
    CliRunner here = CliRunner.in(copy);
    assertThat(here.coppice("refs", "reset", "main", "main^").code()).isZero();
    assertThat(here.coppice("rev-parse", "main").out()).isEqualTo(values.get("second") + "\n");
    assertThat(here.coppice("reset", "main", "main^").code()).isEqualTo(1);
    assertThat(here.ostree("refs", "reset").out()).as("a prefix there").isEmpty();
  }

  @Test
  void commentsOfTheConfigurationStay() throws IOException {
    Path copy = temp.path("comments");
    sample.copyTo(copy);
    Path config = copy.resolve("config");
    Files.writeString(config, "# about this\n" + Files.readString(config) + "\n# end\n");
    CliRunner.in(copy).ostree("config", "set", "core.x", "y");
    assertThat(Files.readString(config)).startsWith("# about this\n").contains("x=y", "# end");
  }

  private void both(String block) throws IOException {
    for (RealOstree real : RealOstree.requireAll()) {
      Path theirs = temp.path("theirs" + ++copies);
      Path ours = temp.path("ours" + copies);
      sample.copyTo(theirs);
      sample.copyTo(ours);
      var both = new SideBySide(real, theirs, ours, values);
      for (String line : SideBySide.lines(block).toList()) {
        both.check(line);
        assertThat(state(ours)).as(line).isEqualTo(state(theirs));
      }
    }
  }

  /** Configuration, refs and directories, with what they hold. */
  private static Map<String, String> state(Path directory) throws IOException {
    Map<String, String> state = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        String name = directory.relativize(file).toString();
        if (Files.isSymbolicLink(file)) {
          state.put(name, "-> " + Files.readSymbolicLink(file));
        } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          state.put(name, "directory");
        } else if (name.contains("refs/") || name.endsWith("config")) {
          state.put(name, Files.readString(file));
        }
      }
    }
    state.keySet().removeIf(name -> name.contains("tmp/"));
    return state;
  }
}
