package dev.coppice.cli.delta;

import dev.coppice.cli.frame.Context;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.delta.DeltaException;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.DeltaRemoval;
import dev.coppice.transfer.delta.Superblock;
import dev.coppice.transfer.delta.SuperblockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A superblock that a user names: by the delta's name, or, with a slash in it, by the file's path.
 *
 * @param name as it was given
 * @param directory of its parts
 */
record DeltaFile(String name, Path directory, SuperblockFile content) {
  /**
   * Reads it.
   *
   * @throws Failure when it is not there
   * @throws DeltaException when it is damaged
   */
  static DeltaFile read(String name, Repo repo, Context context) throws IOException {
    Path file =
        name.contains("/")
            ? context.path(name)
            : repo.path().resolve(DeltaName.parse(name).superblock());
    try {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.size(file) > Superblock.MAX_SIZE) {
        throw new DeltaException(
            ErrorCode.DELTA_TOO_LARGE, file + " is larger than a superblock may be");
      }
      byte[] bytes = Files.readAllBytes(file);
      Path directory = file.toAbsolutePath().getParent();
      return new DeltaFile(
          name, directory == null ? repo.path() : directory, SuperblockFile.decode(bytes));
    } catch (NoSuchFileException e) {
      throw name.contains("/")
          ? new Failure(
              ErrorCode.DELTA_MISSING,
              "Can't find superblock " + file,
              "Name the file 'superblock' within the directory of the delta.",
              e)
          : DeltaRemoval.notFound(DeltaName.parse(name));
    }
  }
}
