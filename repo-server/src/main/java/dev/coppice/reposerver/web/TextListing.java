package dev.coppice.reposerver.web;

import dev.coppice.reposerver.web.html.Html;

/** The lines of a text with their numbers, each of which can be linked to. */
record TextListing(Html html) {
  /** A line of its own takes some fifty bytes of a page, even an empty one. */
  private static final int LINES = 10_000;

  void write(String text) {
    int start = 0;
    // The name lets a keyboard scroll to the end of long lines.
    try (var _ =
        html.newline()
            .open(
                "pre",
                "class",
                "listing",
                "tabindex",
                "0",
                "role",
                "region",
                "aria-label",
                "Content of the file")) {
      for (int number = 1; start < text.length() && number <= LINES; number++) {
        int feed = text.indexOf('\n', start);
        int end = feed < 0 ? text.length() : feed;
        try (var _ = html.open("span", "class", "line", "id", "L" + number)) {
          html.lines(text.substring(start, end) + "\n");
        }
        start = end + 1;
      }
    }
    if (start < text.length()) {
      String lines = Texts.number(LINES);
      html.leaf("p", "Only the first " + lines + " lines are shown.", "class", "note");
    }
  }
}
