package dev.coppice.reposerver.web;

import dev.coppice.reposerver.web.html.Html;
import dev.coppice.reposerver.web.html.Table;
import dev.coppice.reposerver.web.html.Table.Column;
import dev.coppice.reposerver.web.tree.LineDiff;
import java.util.List;
import java.util.Optional;

/** The lines that differ between two texts, with some lines around them. */
record LineChanges(Html html) {
  void write(String before, String after) {
    Optional<List<List<LineDiff.Line>>> pieces = LineDiff.of(before, after);
    if (pieces.isEmpty()) {
      html.leaf("p", "The texts differ in too many lines to show them side by side.");
      return;
    }
    if (pieces.get().isEmpty()) {
      html.leaf("p", "The text is the same.");
      return;
    }
    try (var table =
        new Table(
            html,
            "Lines that differ, with three lines around them",
            Column.number("Before"),
            Column.number("After"),
            Column.of("Change"),
            Column.of("Line"))) {
      boolean first = true;
      for (List<LineDiff.Line> piece : pieces.get()) {
        if (!first) {
          try (var _ = table.row()) {
            html.leaf("td", "⋯", "colspan", "4", "class", "gap", "aria-label", "Lines left out");
          }
        }
        first = false;
        piece.forEach(line -> row(table, line));
      }
    }
  }

  private void row(Table table, LineDiff.Line line) {
    String style =
        switch (line.kind()) {
          case SAME -> "code";
          case REMOVED -> "code minus";
          case ADDED -> "code plus";
        };
    try (var _ = html.newline().open("tr", "class", style)) {
      table.number(line.oldNumber() == 0 ? "" : Integer.toString(line.oldNumber()));
      table.number(line.newNumber() == 0 ? "" : Integer.toString(line.newNumber()));
      table.cell(
          switch (line.kind()) {
            case SAME -> "";
            case REMOVED -> "removed";
            case ADDED -> "added";
          });
      try (var _ = table.cell()) {
        text(line);
      }
    }
  }

  private void text(LineDiff.Line line) {
    boolean complete = line.text().endsWith("\n");
    String text = complete ? line.text().substring(0, line.text().length() - 1) : line.text();
    String element =
        switch (line.kind()) {
          case SAME -> "code";
          case REMOVED -> "del";
          case ADDED -> "ins";
        };
    try (var _ = html.open(element)) {
      html.lines(text);
    }
    if (!complete) {
      html.text(" ").leaf("span", "no line feed at the end", "class", "hint");
    }
  }
}
