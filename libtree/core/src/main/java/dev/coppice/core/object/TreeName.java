package dev.coppice.core.object;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.posix.PosixNames;

/**
 * The rule for names inside trees. Source: {@code ot_util_filename_validate}, plus the empty name.
 */
public final class TreeName {
  private TreeName() {}

  /** What is wrong with a name, or an empty text when nothing is. */
  public static String problem(String name) {
    if (name.isEmpty()) {
      return "Invalid empty filename";
    }
    if (name.equals(".")) {
      return "Invalid self-referential filename '.'";
    }
    if (name.equals("..")) {
      return "Invalid path uplink filename '..'";
    }
    if (name.indexOf('/') >= 0) {
      return "Invalid / in filename " + name;
    }
    if (name.indexOf('\0') >= 0) {
      return "Invalid NUL in filename";
    }
    if (!PosixNames.isValidUtf8(name)) {
      return "Invalid UTF-8 in filename " + name;
    }
    return "";
  }

  /**
   * Checks a name that came from a user or a file system.
   *
   * @param place path or object that has the name, for the message
   */
  public static void check(String name, String place) {
    String problem = problem(name);
    if (!problem.isEmpty()) {
      throw new Failure(
          ErrorCode.NAME_INVALID,
          problem + " (in " + place + ")",
          "Trees can hold names in UTF-8 only: rename or leave out the file.");
    }
  }
}
