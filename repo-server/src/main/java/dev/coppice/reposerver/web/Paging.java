package dev.coppice.reposerver.web;

import dev.coppice.reposerver.web.html.Address;
import dev.coppice.reposerver.web.html.Html;
import java.util.List;

/**
 * Which part of a list a page shows.
 *
 * @param page from 1
 * @param size entries of a page
 * @param total entries of the list
 */
record Paging(int page, int size, int total) {
  /** A page that is behind the last one is the last one: lists become shorter. */
  static Paging of(PageRequest request, int size, int total) {
    int pages = Math.max(1, (total + size - 1) / size);
    return new Paging(Math.min(request.page(), pages), size, total);
  }

  int pages() {
    return Math.max(1, (total + size - 1) / size);
  }

  /** Index of the first entry of the page. */
  int from() {
    return (page - 1) * size;
  }

  /** Index behind the last entry of the page. */
  int to() {
    return Math.min(total, page * size);
  }

  <T> List<T> of(List<T> all) {
    return all.subList(from(), to());
  }

  /**
   * Ways to the other pages, where there are any.
   *
   * @param list the address of the list, without a page
   * @param what the list is of, for those who cannot see it
   */
  void write(Html html, Address list, String what) {
    if (pages() == 1) {
      return;
    }
    try (var _ = html.newline().open("nav", "class", "pages", "aria-label", "Pages of " + what)) {
      step(html, list, "First", 1, page > 1);
      step(html, list, "Previous", page - 1, page > 1);
      html.leaf("span", "Page " + Texts.number(page) + " of " + Texts.number(pages()));
      step(html, list, "Next", page + 1, page < pages());
      step(html, list, "Last", pages(), page < pages());
    }
  }

  private static void step(Html html, Address list, String name, int target, boolean possible) {
    if (possible) {
      html.leaf("a", name, "href", list.withNumber("page", target, 1).toString());
    } else {
      html.leaf("span", name, "class", "off", "aria-hidden", "true");
    }
  }
}
