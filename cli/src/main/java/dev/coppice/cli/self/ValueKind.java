package dev.coppice.cli.self;

import java.util.Locale;
import picocli.CommandLine.Model.ArgSpec;

/** What a value is, guessed from the label that help shows for it. */
enum ValueKind {
  /** Files and directories. */
  FILES,
  /** Refs of the repository. */
  REFS,
  /** Remotes of the repository. */
  REMOTES,
  /** Nothing that could be listed. */
  FREE;

  static ValueKind of(ArgSpec arg) {
    String label = arg.paramLabel().toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "");
    return switch (label) {
      case "PATH", "FILE", "DIR", "DEST", "DESTINATION", "DESTDIR", "ROOT", "SRCREPO", "MOUNT" ->
          FILES;
      case "REV", "REF", "REFS", "COMMIT", "BRANCH", "REFSPEC", "OBJECT", "PREFIX" -> REFS;
      case "REMOTE", "REMOTENAME" -> REMOTES;
      default -> FREE;
    };
  }
}
