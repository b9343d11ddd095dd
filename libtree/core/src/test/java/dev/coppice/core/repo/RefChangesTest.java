package dev.coppice.core.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.RefPrefix;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.core.repo.RefChanges.Existing;
import dev.coppice.core.store.RepoMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefChangesTest {
  @TempDir Path directory;
  private Repo repo;
  private RefChanges changes;
  private List<Checksum> commits;

  @BeforeEach
  void make() throws IOException {
    repo = Init.run(new InitRequest(directory.resolve("r"), RepoMode.ARCHIVE, Optional.empty()));
    commits = HistoryBuilder.commits(repo, "os/main", 3);
    changes = new RefChanges(repo);
  }

  @AfterEach
  void close() throws IOException {
    repo.close();
  }

  @Test
  void deletingIsAllOrNothing() throws IOException {
    changes.create("os/aaa", "os/main", Existing.REFUSE);
    changes.alias("alias", "os/main", Existing.REFUSE);
    assertThatThrownBy(() -> changes.delete(RefPrefix.parse("os")))
        .hasMessage("Ref 'os/main' has an active alias: 'alias'");
    assertThat(repo.refs().exists(RefSpec.parse("os/aaa"))).isTrue();

    changes.deleteAliases(RefPrefix.parse("alias"));
    changes.delete(RefPrefix.parse("os"));
    assertThat(repo.refs().names(RefPrefix.ALL)).isEmpty();
  }

  @Test
  void manyAreDeletedAtOnce() throws IOException {
    for (int i = 0; i < 60; i++) {
      changes.create("many/" + i % 7 + "/" + i, "os/main", Existing.REFUSE);
    }
    changes.delete(RefPrefix.parse("many"));
    assertThat(repo.refs().names(RefPrefix.ALL)).containsExactly(RefSpec.parse("os/main"));
  }

  @Test
  void damagedRefsCanBeDeletedAndReplaced() throws IOException {
    Path file = repo.path().resolve("refs/heads/broken");
    Files.writeString(file, "nonsense\n");
    assertThatThrownBy(() -> changes.create("broken", "os/main", Existing.REFUSE))
        .hasMessageContaining("broken already exists");
    changes.create("broken", "os/main", Existing.REPLACE);
    assertThat(repo.resolve("broken")).isEqualTo(commits.getLast());
    Files.writeString(file, "nonsense\n");
    changes.delete(RefPrefix.parse("broken"));
    assertThat(file).doesNotExist();
  }

  @Test
  void resettingNeedsARef() throws IOException {
    changes.reset("os/main", "os/main^^");
    assertThat(repo.resolve("os/main")).isEqualTo(commits.getFirst());
    assertThatThrownBy(() -> changes.reset("os", "os/main")).hasMessage("Invalid ref 'os'");
  }

  @Test
  void theOnlyCommitIsFound() throws IOException {
    assertThatThrownBy(() -> repo.onlyCommit()).hasMessage("Multiple commit objects found");
    Path other = directory.resolve("other");
    try (Repo single = Init.run(new InitRequest(other, RepoMode.ARCHIVE, Optional.empty()))) {
      assertThatThrownBy(single::onlyCommit).hasMessage("No commit objects found");
      List<Checksum> one = HistoryBuilder.commits(single, "main", 1);
      assertThat(single.onlyCommit()).isEqualTo(one.getFirst());
    }
  }
}
