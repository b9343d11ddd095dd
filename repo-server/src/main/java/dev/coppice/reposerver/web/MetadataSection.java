package dev.coppice.reposerver.web;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.ObjectSizes;
import dev.coppice.reposerver.web.html.Html;
import dev.coppice.reposerver.web.html.Table;
import dev.coppice.reposerver.web.html.Table.Column;
import java.util.LinkedHashMap;
import java.util.Map;

/** All metadata of a commit, as it stands in the commit. */
final class MetadataSection {
  /** Values whose printed form is shown. */
  private static final int LARGEST = 8 << 10;

  private static final int CHARACTERS = 2000;
  private static final int ROWS = 200;

  private MetadataSection() {}

  static void write(Html html, Commit commit) {
    html.newline().leaf("h2", "Metadata");
    Map<String, Variant> values = new LinkedHashMap<>();
    VariantDict.forEach(commit.metadata(), values::putIfAbsent);
    if (values.isEmpty()) {
      html.leaf("p", "The commit has none.");
      return;
    }
    try (var table =
        new Table(
            html,
            "Metadata of this commit",
            Column.of("Key"),
            Column.of("Type"),
            Column.of("Value"))) {
      values.entrySet().stream().limit(ROWS).forEach(each -> row(html, table, each));
    }
    if (values.size() > ROWS) {
      String rest = Texts.count(values.size() - ROWS, "entry is", "entries are");
      html.leaf("p", rest + " not shown.", "class", "note");
    }
  }

  private static void row(Html html, Table table, Map.Entry<String, Variant> each) {
    Variant value = each.getValue();
    try (var _ = table.row()) {
      try (var _ = table.heading()) {
        html.name(Texts.cut(each.getKey(), CHARACTERS));
      }
      try (var _ = table.cell()) {
        html.leaf("code", Texts.cut(value.type().toString(), CHARACTERS));
      }
      try (var _ = html.open("td", "class", "value")) {
        if (each.getKey().equals(ObjectSizes.KEY)) {
          html.leaf("i", "summed up under Size");
        } else if (value.size() > LARGEST) {
          html.leaf("i", Texts.bytes(value.size()) + ", not shown");
        } else {
          html.leaf("code", Texts.cut(value.print(false), CHARACTERS));
        }
      }
    }
  }
}
