package dev.coppice.core.commit;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Something that holds a tree; several are overlaid in order, later ones replace files. */
public sealed interface TreeSource {
  /** A directory of the file system; a symbolic link in its place is refused. */
  record Directory(Path path) implements TreeSource {}

  /**
   * The tree of a commit.
   *
   * @param rev a revision
   */
  record Revision(String rev) implements TreeSource {}

  /** A tar archive, plain or compressed. */
  record Tar(Path file, TarRules rules) implements TreeSource {}

  /**
   * A tar archive that comes as a stream, which stays open.
   *
   * @param name what messages call it
   */
  record TarStream(String name, InputStream stream, TarRules rules) implements TreeSource {}

  /** How names in archives become paths. */
  record TarRules(MissingParents missingParents, Optional<PathnameFilter> filter) {
    /** As they stand, parents first. */
    public static final TarRules STRICT = new TarRules(MissingParents.REFUSE, Optional.empty());
  }

  /** What to do with an entry whose directory is not in the archive. */
  enum MissingParents {
    /** Fail. */
    REFUSE,
    /** Make the directory, 0755 and with the owner of the entry. */
    CREATE
  }
}
