package dev.coppice.reposerver.observe;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Messages of the JDK's exceptions, which name only the path and leave the reason to the class. */
public final class IoText {
  private IoText() {}

  /** What went wrong, for the operator. */
  public static String of(IOException e) {
    return switch (e) {
      case NoSuchFileException x -> x.getFile() + ": No such file or directory";
      case AccessDeniedException x -> x.getFile() + ": Permission denied";
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }
}
