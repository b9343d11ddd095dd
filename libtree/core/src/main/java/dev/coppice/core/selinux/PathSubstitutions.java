package dev.coppice.core.selinux;

import java.util.ArrayList;
import java.util.List;

/**
 * Directories that are labeled like others: {@code file_contexts.subs} and {@code subs_dist}.
 * Source: {@code selabel_sub}.
 */
final class PathSubstitutions {
  private record Substitution(String from, String to) {}

  private final List<Substitution> lines = new ArrayList<>();

  /** Reads the text of a file: two paths a line. Later lines win. */
  PathSubstitutions(String text) {
    for (String line : text.split("\n", -1)) {
      String stripped = line.strip();
      String[] fields = stripped.split("[ \t]+");
      if (!stripped.startsWith("#") && fields.length >= 2) {
        lines.addFirst(new Substitution(fields[0], fields[1]));
      }
    }
  }

  /** The path to look up instead, or the same. */
  String apply(String path) {
    for (Substitution line : lines) {
      if (path.startsWith(line.from())) {
        String rest = path.substring(line.from().length());
        if (rest.isEmpty() || rest.startsWith("/")) {
          boolean toRoot = line.to().equals("/") && rest.startsWith("/");
          return toRoot ? rest : line.to() + rest;
        }
      }
    }
    return path;
  }
}
