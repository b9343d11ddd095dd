package dev.coppice.reposerver.web;

import dev.coppice.core.object.Xattrs;
import dev.coppice.core.object.Xattrs.Xattr;
import dev.coppice.reposerver.web.html.Html;
import dev.coppice.reposerver.web.html.Table;
import dev.coppice.reposerver.web.html.Table.Column;
import dev.coppice.reposerver.web.tree.FileKind;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Extended attributes: as text where they are text, else in hexadecimal. */
final class XattrTable {
  private static final int ROWS = 100;
  private static final int CHARACTERS = 500;
  private static final int HEX_BYTES = 64;

  private XattrTable() {}

  static void write(Html html, Xattrs xattrs) {
    if (xattrs.isEmpty()) {
      return;
    }
    html.newline().leaf("h2", "Extended attributes");
    try (var table =
        new Table(
            html,
            "Extended attributes",
            Column.of("Name"),
            Column.number("Size"),
            Column.of("Value"))) {
      xattrs.entries().stream().limit(ROWS).forEach(each -> row(html, table, each));
    }
    if (xattrs.entries().size() > ROWS) {
      String rest = Texts.number(xattrs.entries().size() - ROWS);
      html.leaf("p", rest + " more are not shown.", "class", "note");
    }
  }

  private static void row(Html html, Table table, Xattr xattr) {
    try (var _ = table.row()) {
      try (var _ = table.heading()) {
        html.name(Texts.cut(xattr.nameText(), CHARACTERS));
      }
      table.number(Texts.bytes(xattr.value().length));
      try (var _ = html.open("td", "class", "value")) {
        html.leaf("code", value(xattr.value()));
      }
    }
  }

  private static String value(byte[] value) {
    Optional<String> text = FileKind.text(Arrays.copyOf(value, Math.min(value.length, CHARACTERS)));
    if (text.isPresent() && value.length <= CHARACTERS) {
      return text.get();
    }
    String hex = HexFormat.ofDelimiter(" ").formatHex(value, 0, Math.min(value.length, HEX_BYTES));
    return value.length > HEX_BYTES ? hex + " …" : hex;
  }
}
