package dev.coppice.transfer.delta.apply;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.transfer.delta.DeltaException;
import dev.coppice.transfer.delta.SuperblockFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A delta on this machine: a directory with {@code superblock} and parts, or the file of a
 * superblock that may have the parts inside or beside it.
 *
 * @param superblock its file
 */
public record LocalDelta(Path superblock) implements DeltaFiles {
  private static final String SUPERBLOCK = "superblock";

  /** Superblocks with parts inside may be larger than those that are fetched. */
  private static final long MAX_SIZE = 1L << 30;

  /** The delta at a path, be it the directory or the file. */
  public static LocalDelta at(Path path) {
    return new LocalDelta(Files.isDirectory(path) ? path.resolve(SUPERBLOCK) : path);
  }

  /**
   * Reads the superblock.
   *
   * @throws DeltaException when it is not of its form
   * @throws Failure with {@link ErrorCode#DELTA_MISSING} when there is none
   */
  public SuperblockFile read() throws IOException {
    try {
      if (Files.size(superblock) > MAX_SIZE) {
        throw new DeltaException(
            ErrorCode.DELTA_TOO_LARGE, superblock + " is larger than superblocks can be");
      }
      return SuperblockFile.decode(Files.readAllBytes(superblock));
    } catch (NoSuchFileException e) {
      throw new Failure(
          ErrorCode.DELTA_MISSING,
          "No static delta at " + superblock,
          "List those of a repository with 'static-delta list'.",
          e);
    } catch (DeltaException e) {
      throw e.in(superblock.toString());
    }
  }

  @Override
  public <T> T part(int number, Use<T> use) throws IOException {
    Path file = superblock.resolveSibling(Integer.toString(number));
    try (InputStream in = Files.newInputStream(file)) {
      return use.with(in);
    } catch (NoSuchFileException e) {
      throw new DeltaException(ErrorCode.DELTA_MISSING, "Opening deltapart '" + file + "'", e);
    }
  }
}
