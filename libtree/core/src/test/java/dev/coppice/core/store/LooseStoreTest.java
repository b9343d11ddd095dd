package dev.coppice.core.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.object.Xattrs;
import dev.coppice.core.repo.Init;
import dev.coppice.core.repo.InitRequest;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.Transaction;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Mode;
import dev.coppice.testdata.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract over the loose objects of each mode, and over a repository with a parent. */
class LooseStoreTest {
  private abstract static class OfMode extends ObjectStoreContract {
    private final RepoMode mode;
    private @Nullable Repo repo;

    OfMode(RepoMode mode) {
      this.mode = mode;
    }

    @Override
    ObjectStore filled(Filling filling) throws IOException {
      if (mode == RepoMode.BARE) {
        Root.require();
      }
      Repo made = init(temp.path("repo"), mode);
      repo = made;
      put(made, filling);
      return made.store();
    }

    @Test
    @Timeout(20)
    void aPipeInPlaceOfAFileIsDamage() throws IOException {
      var checksum = new Checksum(5, 6, 7, 8);
      try (Repo other = init(temp.path("other"), mode)) {
        String path = other.store().path(ObjectName.file(checksum));
        Files.createDirectories(other.store().directory().resolve(path.substring(0, 2)));
        Fs.mknod(other.store().descriptor(), path, Mode.S_IFIFO | 0644, 0);
        assertThatThrownBy(() -> other.store().openFileIfExists(checksum))
            .isInstanceOf(CorruptObjectException.class);
      }
    }

    @AfterEach
    void closeRepo() throws IOException {
      if (repo != null) {
        repo.close();
      }
    }
  }

  static Repo init(Path path, RepoMode mode) throws IOException {
    return Init.run(new InitRequest(path, mode, Optional.empty()));
  }

  static void put(Repo repo, ObjectStoreContract.Filling filling) throws IOException {
    try (Transaction transaction = repo.begin(FsyncPolicy.NONE)) {
      filling.into(
          new ObjectStoreContract.Sink() {
            @Override
            public Checksum file(FileHeader header, byte[] content) throws IOException {
              return transaction.writeFile(header, new ContentSource.OfBytes(content)).checksum();
            }

            @Override
            public ObjectName metadata(ObjectType type, byte[] bytes) throws IOException {
              return new ObjectName(type, transaction.writeMetadata(type, bytes));
            }
          });
      transaction.publish(List.of());
    }
  }

  @Nested
  class Archive extends OfMode {
    Archive() {
      super(RepoMode.ARCHIVE);
    }
  }

  @Nested
  class Bare extends OfMode {
    Bare() {
      super(RepoMode.BARE);
    }
  }

  @Nested
  class BareUser extends OfMode {
    BareUser() {
      super(RepoMode.BARE_USER);
    }
  }

  @Nested
  class BareUserOnly extends OfMode {
    BareUserOnly() {
      super(RepoMode.BARE_USER_ONLY);
    }
  }

  /** Nothing here writes this mode, so that its files are laid out by hand. */
  @Nested
  class BareSplitXattrs extends ObjectStoreContract {
    private @Nullable LooseStore store;

    @Override
    ObjectStore filled(Filling filling) throws IOException {
      Root.require();
      Path objects = Files.createDirectories(temp.path("repo/objects"));
      byte[] none = Xattrs.NONE.encode();
      filling.into(
          new Sink() {
            @Override
            public Checksum file(FileHeader header, byte[] content) throws IOException {
              var digest = Checksum.newDigest();
              digest.update(header.checksumPrefix());
              digest.update(content);
              Checksum checksum = Checksum.of(digest.digest());
              Path file = place(objects, ObjectName.file(checksum));
              if (header.isSymlink()) {
                Files.createSymbolicLink(file, Path.of(header.target()));
              } else {
                Files.write(file, content);
                Files.setAttribute(file, "unix:mode", header.mode() & 07777);
              }
              Files.write(
                  place(objects, new ObjectName(ObjectType.FILE_XATTRS_LINK, checksum)), none);
              return checksum;
            }

            @Override
            public ObjectName metadata(ObjectType type, byte[] bytes) throws IOException {
              var name = new ObjectName(type, Checksum.sha256(bytes));
              Files.write(place(objects, name), bytes);
              return name;
            }
          });
      var made = new LooseStore(temp.path("repo"), RepoMode.BARE_SPLIT_XATTRS);
      store = made;
      return new WithoutAttributes(made);
    }

    private static Path place(Path objects, ObjectName name) throws IOException {
      Path file = objects.resolve(RepoLayout.loosePath(name, RepoMode.BARE_SPLIT_XATTRS));
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      return file;
    }

    @AfterEach
    void closeStore() throws IOException {
      if (store != null) {
        store.close();
      }
    }
  }

  /** The objects are split between a repository and its parent. */
  @Nested
  class WithParent extends ObjectStoreContract {
    private @Nullable Repo repo;

    @Override
    ObjectStore filled(Filling filling) throws IOException {
      try (Repo parent = init(temp.path("parent"), RepoMode.ARCHIVE)) {
        put(parent, filling);
      }
      try (Repo made = init(temp.path("repo"), RepoMode.BARE_USER)) {
        made.config()
            .file()
            .with("core", "parent", temp.path("parent").toString())
            .save(made.path().resolve(RepoLayout.CONFIG), dev.coppice.core.io.Durability.UNSYNCED);
      }
      Repo opened = Repo.open(temp.path("repo"));
      repo = opened;
      return new ParentsListedToo(opened);
    }

    @AfterEach
    void closeRepo() throws IOException {
      if (repo != null) {
        repo.close();
      }
    }
  }
}
