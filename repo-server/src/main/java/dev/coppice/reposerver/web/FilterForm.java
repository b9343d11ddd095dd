package dev.coppice.reposerver.web;

import dev.coppice.reposerver.web.html.Address;
import dev.coppice.reposerver.web.html.Html;

/** The form that shortens a list to the names that contain a text. */
final class FilterForm {
  private FilterForm() {}

  /**
   * @param list the address of the whole list, without parameters
   * @param filter what was asked for, or empty
   */
  static void write(Html html, Address list, String filter) {
    try (var _ = html.newline().open("form", "class", "filter", "action", list.toString())) {
      html.leaf("label", "Name contains", "for", "filter");
      html.empty(
          "input",
          "id",
          "filter",
          "name",
          "filter",
          "type",
          "search",
          "value",
          filter,
          "size",
          "28",
          "autocomplete",
          "off",
          "spellcheck",
          "false");
      html.leaf("button", "Filter");
      if (!filter.isEmpty()) {
        html.leaf("a", "Show all", "href", list.toString());
      }
    }
  }
}
