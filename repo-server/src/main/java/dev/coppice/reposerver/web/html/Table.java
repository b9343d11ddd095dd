package dev.coppice.reposerver.web.html;

/**
 * A table with its caption and headings, in a frame that scrolls sideways where the window is
 * narrow. Rows are written while it is open.
 */
public final class Table implements AutoCloseable {
  private final Html html;
  private final Html.Element frame;
  private final Html.Element table;
  private final Html.Element body;

  /**
   * A column.
   *
   * @param style a class of the style sheet, or empty
   */
  public record Column(String heading, String style) {
    /** A column of words. */
    public static Column of(String heading) {
      return new Column(heading, "");
    }

    /** A column of numbers, which are compared from the right. */
    public static Column number(String heading) {
      return new Column(heading, "num");
    }
  }

  /** Opens a table. The caption says what a row is, for those who cannot see the page around it. */
  public Table(Html html, String caption, Column... columns) {
    this.html = html;
    // Keyboards scroll what can have the focus, and what has it must have a name.
    frame =
        html.newline()
            .open(
                "div", "class", "scroll", "role", "region", "aria-label", caption, "tabindex", "0");
    table = html.open("table");
    html.leaf("caption", caption);
    try (var _ = html.open("thead")) {
      try (var _ = html.open("tr")) {
        for (Column column : columns) {
          if (column.style().isEmpty()) {
            html.leaf("th", column.heading(), "scope", "col");
          } else {
            html.leaf("th", column.heading(), "scope", "col", "class", column.style());
          }
        }
      }
    }
    body = html.open("tbody");
  }

  /** Opens a row. */
  public Html.Element row() {
    return html.newline().open("tr");
  }

  /** Opens the cell that names its row. */
  public Html.Element heading() {
    return html.open("th", "scope", "row");
  }

  /** Opens a cell. */
  public Html.Element cell() {
    return html.open("td");
  }

  /** A cell with nothing but text. */
  public void cell(String text) {
    html.leaf("td", text);
  }

  /** A cell with a number. */
  public void number(String text) {
    html.leaf("td", text, "class", "num");
  }

  @Override
  public void close() {
    body.close();
    table.close();
    frame.close();
  }
}
