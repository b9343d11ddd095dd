package dev.coppice.reposerver.web;

import dev.coppice.reposerver.web.html.Html;

/** The lines of a text with their numbers, each of which can be linked to. */
record TextListing(Html html) {
  void write(String text) {
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
      int number = 1;
      int start = 0;
      while (start < text.length()) {
        int end = text.indexOf('\n', start);
        String line = end < 0 ? text.substring(start) : text.substring(start, end);
        try (var _ = html.open("span", "class", "line", "id", "L" + number)) {
          html.lines(line + "\n");
        }
        start = end < 0 ? text.length() : end + 1;
        number++;
      }
    }
  }
}
