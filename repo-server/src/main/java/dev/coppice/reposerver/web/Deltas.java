package dev.coppice.reposerver.web;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The static deltas of a repository, as the names of their directories tell: {@code deltas/}, two
 * characters, the rest; checksums in base64 with underscores for slashes. Source: {@code
 * static_delta_path_base}.
 */
record Deltas(Repo repo) {
  /** Characters of 32 bytes in base64 without padding. */
  private static final int NAME = 43;

  /** Pages list no more of them. */
  private static final int MOST = 200;

  /**
   * A delta.
   *
   * @param from the commit that a client must have; empty when it needs none
   * @param bytes of all its files, which is what a client downloads at most
   */
  record Delta(Optional<Checksum> from, Checksum to, long bytes) {}

  /** The deltas that lead to a commit or start at it, those to it first. */
  List<Delta> of(Checksum commit) throws IOException {
    List<Delta> found = new ArrayList<>();
    Path root = repo.path().resolve("deltas");
    for (Path outer : directories(root)) {
      for (Path inner : directories(outer)) {
        Optional<Delta> delta = parse(outer.getFileName() + "" + inner.getFileName());
        if (delta.isPresent() && touches(delta.get(), commit) && found.size() < MOST) {
          found.add(new Delta(delta.get().from(), delta.get().to(), size(inner)));
        }
      }
    }
    found.sort(Comparator.comparing((Delta delta) -> !delta.to().equals(commit)));
    return found;
  }

  private static boolean touches(Delta delta, Checksum commit) {
    return delta.to().equals(commit) || delta.from().equals(Optional.of(commit));
  }

  private static Optional<Delta> parse(String name) {
    int dash = name.indexOf('-');
    Optional<Checksum> to = checksum(name.substring(dash + 1));
    if (dash < 0) {
      return to.map(target -> new Delta(Optional.empty(), target, 0));
    }
    Optional<Checksum> from = checksum(name.substring(0, dash));
    return from.isPresent() ? to.map(target -> new Delta(from, target, 0)) : Optional.empty();
  }

  private static Optional<Checksum> checksum(String name) {
    if (name.length() != NAME) {
      return Optional.empty();
    }
    try {
      return Optional.of(Checksum.of(Base64.getDecoder().decode(name.replace('_', '/'))));
    } catch (IllegalArgumentException e) {
      // Some other directory.
      return Optional.empty();
    }
  }

  private static List<Path> directories(Path parent) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(
            parent, entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))) {
      entries.forEach(found::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }

  private static long size(Path delta) throws IOException {
    long bytes = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(delta)) {
      for (Path file : files) {
        bytes += Files.size(file);
      }
    } catch (NoSuchFileException e) {
      // A prune was faster.
      return bytes;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return bytes;
  }
}
