package dev.coppice.reposerver.web.html;

/** A list of names and what is known under them. */
public final class Facts implements AutoCloseable {
  private final Html html;
  private final Html.Element list;

  /** Opens a list. */
  public Facts(Html html) {
    this.html = html;
    list = html.newline().open("dl", "class", "facts");
  }

  /** Opens a fact, to be written into. */
  public Html.Element open(String name) {
    Html.Element pair = html.newline().open("div");
    html.leaf("dt", name);
    Html.Element value = html.open("dd");
    return () -> {
      value.close();
      pair.close();
    };
  }

  /** A fact that is nothing but text. */
  public void add(String name, String value) {
    try (var _ = open(name)) {
      html.text(value);
    }
  }

  /** A fact in the type of code: a checksum, a label. */
  public void code(String name, String value) {
    try (var _ = open(name)) {
      html.leaf("code", value);
    }
  }

  @Override
  public void close() {
    list.close();
  }
}
