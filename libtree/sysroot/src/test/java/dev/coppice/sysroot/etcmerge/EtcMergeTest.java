package dev.coppice.sysroot.etcmerge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixNames;
import dev.coppice.testdata.DirSnapshot;
import dev.coppice.testdata.TempTree;
import dev.coppice.testdata.TreeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EtcMergeTest {
  private final TempTree temp = TempTree.create();
  private final List<String> skipped = new ArrayList<>();
  private TreeBuilder defaults = TreeBuilder.in(temp.path("defaults"));
  private TreeBuilder local = TreeBuilder.in(temp.path("local"));
  private TreeBuilder fresh = TreeBuilder.in(temp.path("fresh"));

  @BeforeEach
  void start() {
    for (TreeBuilder each : List.of(defaults, local, fresh)) {
      each.file("same.conf", "same\n").file("changed.conf", "old\n").file("gone.conf", "old\n");
      each.file("dir/inside.conf", "old\n").symlink("link", "target");
    }
  }

  @AfterEach
  void end() {
    temp.close();
  }

  private EtcMergePlan plan() throws IOException {
    try (Fd a = open("defaults");
        Fd b = open("local");
        Fd c = open("fresh")) {
      return EtcMergePlan.of(a, b, c);
    }
  }

  private EtcMergePlan merge() throws IOException {
    EtcMergePlan plan = plan();
    try (Fd b = open("local");
        Fd c = open("fresh")) {
      new EtcMerge(b, c, new FileCopy(true, skipped::add)).apply(plan);
    }
    return plan;
  }

  private Fd open(String name) throws IOException {
    return Fs.open(Fd.CWD, temp.path(name).toString(), OpenFlags.O_DIRECTORY, 0);
  }

  private static List<String> paths(List<EtcChange> changes) {
    return changes.stream().map(EtcChange::path).sorted().toList();
  }

  private String text(String path) throws IOException {
    return Files.readString(temp.path("fresh").resolve(path));
  }

  @Test
  void nothingChangedIsNothingToDo() throws IOException {
    var before = DirSnapshot.of(temp.path("fresh"));
    EtcMergePlan plan = merge();
    assertThat(plan.steps()).isEmpty();
    assertThat(DirSnapshot.of(temp.path("fresh"))).isEqualTo(before);
  }

  @Test
  void localChangesAreCarriedOver() throws IOException {
    local.file("changed.conf", "mine\n").mode(0640).mtime(1_000_000_000);
    Files.delete(temp.path("local/gone.conf"));
    local.file("new.d/a.conf", "added\n").mode(0600).symlink("new.d/b", "a.conf");
    local.dir("new.d").mode(0750);
    fresh.file("from-new-version.conf", "new\n");
    EtcMergePlan plan = merge();
    assertThat(paths(plan.diff().modified())).containsExactly("changed.conf");
    assertThat(paths(plan.diff().removed())).containsExactly("gone.conf");
    assertThat(paths(plan.diff().added())).containsExactly("new.d", "new.d/a.conf", "new.d/b");
    assertThat(plan.conflicts()).isEmpty();
    assertThat(text("changed.conf")).isEqualTo("mine\n");
    assertThat(Files.getLastModifiedTime(temp.path("fresh/changed.conf")).toMillis())
        .isEqualTo(1_000_000_000_000L);
    assertThat(temp.path("fresh/gone.conf")).doesNotExist();
    assertThat(text("from-new-version.conf")).isEqualTo("new\n");
    Files.delete(temp.path("fresh/from-new-version.conf"));
    assertThat(DirSnapshot.of(temp.path("fresh"))).isEqualTo(DirSnapshot.of(temp.path("local")));
  }

  @Test
  void theDirectoryOfAChangeGetsItsModeAndAttributes() throws IOException {
    local.file("dir/more.conf", "x\n").dir("dir").mode(0700).xattr("user.note", "mine");
    merge();
    assertThat(DirSnapshot.of(temp.path("fresh"))).isEqualTo(DirSnapshot.of(temp.path("local")));
  }

  @Test
  void aDirectoryWithoutOtherChangesKeepsTheNewMode() throws IOException {
    local.dir("dir").mode(0700);
    fresh.dir("dir").mode(0751);
    EtcMergePlan plan = merge();
    assertThat(paths(plan.diff().modified())).containsExactly("dir");
    assertThat(DirSnapshot.of(temp.path("fresh"), Set.of()).toString()).contains("/dir dir 751");
  }

  @Test
  void attributesAloneAreNoChange() throws IOException {
    local.file("same.conf", "same\n").xattr("user.label", "other");
    assertThat(plan().steps()).isEmpty();
  }

  @Test
  void bothChangedIsReportedAndTheLocalOneStays() throws IOException {
    local.file("changed.conf", "mine\n").file("added.conf", "mine\n");
    Files.delete(temp.path("local/gone.conf"));
    local.file("dir/inside.conf", "mine\n").file("same-both.conf", "equal\n");
    fresh.file("changed.conf", "theirs\n").file("added.conf", "theirs\n");
    fresh.file("gone.conf", "theirs\n").file("same-both.conf", "equal\n");
    Files.delete(temp.path("fresh/dir/inside.conf"));
    EtcMergePlan plan = merge();
    assertThat(plan.conflicts())
        .containsExactlyInAnyOrder(
            new EtcConflict("changed.conf", EtcConflict.Kind.BOTH_MODIFIED),
            new EtcConflict("added.conf", EtcConflict.Kind.BOTH_ADDED),
            new EtcConflict("gone.conf", EtcConflict.Kind.REMOVED_HERE_MODIFIED_THERE),
            new EtcConflict("dir/inside.conf", EtcConflict.Kind.MODIFIED_HERE_REMOVED_THERE));
    assertThat(text("changed.conf")).isEqualTo("mine\n");
    assertThat(text("added.conf")).isEqualTo("mine\n");
    assertThat(text("dir/inside.conf")).isEqualTo("mine\n");
    assertThat(temp.path("fresh/gone.conf")).doesNotExist();
  }

  @Test
  void aFileOverANewDirectoryStopsBeforeAnythingIsDone() throws IOException {
    local.file("changed.conf", "mine\n").file("thing", "a file\n");
    Files.delete(temp.path("local/gone.conf"));
    fresh.file("thing/now-a-directory", "x\n");
    var before = DirSnapshot.of(temp.path("fresh"));
    assertThatThrownBy(this::merge)
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ETC_CONFLICT))
        .hasMessage("Modified config file newly defaults to directory 'thing', cannot merge");
    assertThat(DirSnapshot.of(temp.path("fresh"))).isEqualTo(before);
  }

  @Test
  void aDirectoryReplacesAFile() throws IOException {
    local.file("thing/a", "1\n").file("thing/b/c", "2\n");
    fresh.file("thing", "a file\n");
    EtcMergePlan plan = merge();
    assertThat(plan.conflicts())
        .containsExactly(new EtcConflict("thing", EtcConflict.Kind.BOTH_ADDED));
    assertThat(text("thing/b/c")).isEqualTo("2\n");
  }

  @Test
  void aDirectoryThatBecameALinkIsNeverFollowed() throws IOException {
    Path outside = temp.path("outside");
    TreeBuilder.in(outside).file("inside.conf", "not ours\n");
    local.file("dir/inside.conf", "mine\n");
    Files.delete(temp.path("fresh/dir/inside.conf"));
    Files.delete(temp.path("fresh/dir"));
    fresh.symlink("dir", outside.toString());
    assertThat(plan().conflicts())
        .containsExactly(new EtcConflict("dir/inside.conf", EtcConflict.Kind.DIRECTORY_REPLACED));
    assertThatThrownBy(this::merge).isInstanceOf(Failure.class);
    assertThat(Files.readString(outside.resolve("inside.conf"))).isEqualTo("not ours\n");
  }

  @Test
  void typesMayChange() throws IOException {
    Files.delete(temp.path("local/link"));
    local.file("link", "a file now\n");
    Files.delete(temp.path("local/changed.conf"));
    local.symlink("changed.conf", "same.conf");
    Files.delete(temp.path("local/same.conf"));
    local.file("same.conf/x", "a directory now\n");
    merge();
    assertThat(DirSnapshot.of(temp.path("fresh"))).isEqualTo(DirSnapshot.of(temp.path("local")));
  }

  @Test
  void namesThatAreNotUtf8AreCarriedOver() throws IOException {
    String name = PosixNames.decode(new byte[] {'b', (byte) 0xFF, 'd'});
    try (Fd directory = open("local")) {
      Fs.mkdir(directory, name, 0755);
      Fs.open(directory, name + "/" + name, OpenFlags.O_CREAT | OpenFlags.O_WRONLY, 0644).close();
    }
    merge();
    try (Fd directory = open("fresh")) {
      assertThat(Fs.stat(directory, name + "/" + name).isRegular()).isTrue();
    }
  }

  @Test
  void whatTreesCannotHoldStaysBehind() throws IOException {
    local.fifo("pipe").fifo("new.d/pipe").file("new.d/x", "x\n");
    merge();
    assertThat(skipped).contains("pipe");
    assertThat(temp.path("fresh/pipe")).doesNotExist();
    assertThat(text("new.d/x")).isEqualTo("x\n");
  }
}
