package dev.coppice.core.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.core.store.RepoMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitHistoryTest {
  @TempDir Path directory;
  private Repo repo;

  @BeforeEach
  void make() throws IOException {
    repo = Init.run(new InitRequest(directory.resolve("r"), RepoMode.ARCHIVE, Optional.empty()));
    assertThat(repo.writeOptions().fsync()).isEqualTo(FsyncPolicy.BATCHED);
  }

  @AfterEach
  void close() throws IOException {
    repo.close();
  }

  @Test
  void goesFromTheNewestToTheFirst() throws IOException {
    List<Checksum> commits = HistoryBuilder.commits(repo, "main", 50);
    List<Checksum> seen = new ArrayList<>();
    CommitHistory.End end =
        CommitHistory.walk(repo, commits.getLast(), entry -> seen.add(entry.checksum()));
    assertThat(end).isEqualTo(CommitHistory.End.ROOT);
    assertThat(seen).isEqualTo(commits.reversed());
  }

  @Test
  void endsWhereAParentIsMissing() throws IOException {
    List<Checksum> commits = HistoryBuilder.commits(repo, "main", 3);
    repo.store().delete(ObjectName.commit(commits.get(1)));
    List<Checksum> seen = new ArrayList<>();
    CommitHistory.End end =
        CommitHistory.walk(repo, commits.getLast(), entry -> seen.add(entry.checksum()));
    assertThat(end).isEqualTo(CommitHistory.End.NOT_FETCHED);
    assertThat(seen).containsExactly(commits.getLast());
  }

  @Test
  void theFirstOneMustBeThere() {
    Checksum nothing = Checksum.sha256(new byte[0]);
    assertThatThrownBy(() -> CommitHistory.walk(repo, nothing, entry -> {}))
        .isInstanceOf(MissingObjectException.class)
        .hasMessageContaining(nothing.hex());
  }

  @Test
  void aCircleIsDamage() throws IOException {
    List<Checksum> commits = HistoryBuilder.commits(repo, "main", 3);
    Path objects = repo.store().directory();
    Path first = objects.resolve(repo.store().path(ObjectName.commit(commits.getFirst())));
    Path last = objects.resolve(repo.store().path(ObjectName.commit(commits.getLast())));
    Files.delete(first);
    Files.copy(last, first); // the first commit now has the second as its parent
    assertThatThrownBy(() -> CommitHistory.walk(repo, commits.getLast(), entry -> {}))
        .isInstanceOf(CorruptObjectException.class)
        .hasMessageContaining("ancestors");
  }
}
