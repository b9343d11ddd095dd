package dev.coppice.core.checkout;

import dev.coppice.core.object.Checksum;
import dev.coppice.posix.Fd;
import java.nio.file.Path;

/**
 * What to check out, and where.
 *
 * @param commit a commit of the repository
 * @param subpath the directory or file of the commit to check out; {@code /} for everything
 * @param directory the descriptor that {@code name} starts from; stays the caller's
 * @param name the directory to make, relative to {@code directory}; its parent must exist. A file
 *     named by {@code subpath} is put into it under its own name
 */
public record CheckoutRequest(
    Checksum commit, String subpath, Fd directory, String name, CheckoutOptions options) {
  /** {@code DIR/.} is {@code DIR}, which the system would not make under the longer name. */
  public CheckoutRequest {
    name = withoutDots(name);
  }

  private static String withoutDots(String name) {
    String rest = name;
    while (rest.length() > 2 && (rest.endsWith("/.") || rest.endsWith("/"))) {
      rest = rest.substring(0, rest.lastIndexOf('/'));
    }
    return rest;
  }

  /** A whole commit to a path. */
  public static CheckoutRequest of(Checksum commit, Path destination, CheckoutOptions options) {
    return new CheckoutRequest(commit, "/", Fd.CWD, destination.toString(), options);
  }

  /** The same with other options. */
  public CheckoutRequest with(CheckoutOptions changed) {
    return new CheckoutRequest(commit, subpath, directory, name, changed);
  }

  /** The same with only a part of the tree. */
  public CheckoutRequest withSubpath(String part) {
    return new CheckoutRequest(commit, part, directory, name, options);
  }
}
