package dev.coppice.reposerver.web.html;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML that is well-formed XML as well. Whatever is text or the value of an attribute is
 * escaped here and nowhere else, so that nothing which a repository holds can become markup.
 *
 * <pre>{@code
 * try (var _ = html.open("p", "class", "note")) {
 *   html.text("Written by ").leaf("b", author);
 * }
 * }</pre>
 */
public final class Html {
  private final StringBuilder out = new StringBuilder(16 << 10);
  private final Deque<String> open = new ArrayDeque<>();
  private final Element closer = this::end;

  /** An element that is open until it is closed. */
  @FunctionalInterface
  public interface Element extends AutoCloseable {
    @Override
    void close();
  }

  /** Starts a document. */
  public static Html document() {
    var html = new Html();
    html.out.append("<!DOCTYPE html>\n");
    return html;
  }

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn
   */
  public Element open(String name, String... attributes) {
    start(name, attributes);
    out.append('>');
    open.push(name);
    return closer;
  }

  /** An element with nothing but text. */
  public Html leaf(String name, String text, String... attributes) {
    try (var _ = open(name, attributes)) {
      text(text);
    }
    return this;
  }

  /** An element that cannot hold anything, such as {@code input}. */
  public Html empty(String name, String... attributes) {
    start(name, attributes);
    out.append("/>");
    return this;
  }

  /** Text in one line; see {@link VisibleText}. */
  public Html text(String text) {
    text.codePoints().forEach(this::visible);
    return this;
  }

  /** Text of several lines for a {@code pre}: line feeds and tabs stay what they are. */
  public Html lines(String text) {
    text.codePoints()
        .forEach(
            point -> {
              if (point == '\n' || point == '\t') {
                out.append((char) point);
              } else {
                visible(point);
              }
            });
    return this;
  }

  /** Text that a stranger chose; its direction of writing does not reach what stands beside it. */
  public Html name(String text) {
    return leaf("bdi", text);
  }

  /** A line feed in the source, for those who read it. */
  public Html newline() {
    out.append('\n');
    return this;
  }

  private void end() {
    out.append("</").append(open.pop()).append('>');
  }

  private void start(String name, String... attributes) {
    out.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      VisibleText.plain(attributes[i + 1]).codePoints().forEach(this::escaped);
      out.append('"');
    }
  }

  private void visible(int point) {
    if (VisibleText.hides(point)) {
      out.append("<span class=\"esc\">").append(VisibleText.escape(point)).append("</span>");
    } else {
      escaped(point);
    }
  }

  private void escaped(int point) {
    switch (point) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '"' -> out.append("&quot;");
      default -> out.appendCodePoint(point);
    }
  }

  /** The document, after all elements were closed. */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("still open: " + open);
    }
    return out.toString();
  }
}
