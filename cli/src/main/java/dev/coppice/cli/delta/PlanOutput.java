package dev.coppice.cli.delta;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.console.SizeText;
import dev.coppice.core.object.Checksum;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.plan.DeltaPlan;
import dev.coppice.transfer.delta.plan.DeltaPlan.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan as text and as JSON. */
record PlanOutput(DeltaPlan plan) {
  private static final int SHORT = 12;
  private static final int PERCENT = 100;

  /** A line for each delta, in columns, and the space of all. */
  void text(Console console) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("", "SIZE", "SAVES", "CLIENTS", "DELTA", "FOR"));
    for (Decision each : plan.decisions()) {
      String about = each.size().estimated() ? "~" : "";
      rows.add(
          List.of(
              id(each),
              about + SizeText.of(each.size().bytes()),
              each.saves() == 0 ? "-" : about + SizeText.of(each.saves()),
              each.share() == 0 ? "-" : Math.round(each.share() * PERCENT) + "%",
              shortened(each.delta()),
              each.use()));
    }
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    if (!plan.decisions().isEmpty()) {
      rows.forEach(row -> console.println(line(row, widths)));
    }
    boolean estimated =
        plan.decisions().stream()
            .anyMatch(each -> each.action() == DeltaPlan.Action.MAKE && each.size().estimated());
    console.println("Space of all deltas: " + (estimated ? "~" : "") + SizeText.of(plan.bytes()));
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String pad = " ".repeat(widths[i] - row.get(i).length());
      boolean number = i >= 1 && i <= 3;
      line.append(i == 0 ? "" : "  ").append(number ? pad + row.get(i) : row.get(i) + pad);
    }
    return line.toString().stripTrailing();
  }

  private static String shortened(DeltaName name) {
    String to = name.to().hex().substring(0, SHORT);
    return name.from().map(from -> from.hex().substring(0, SHORT) + "-" + to).orElse(to);
  }

  private static String id(Decision decision) {
    return decision.action().name().toLowerCase(Locale.ROOT);
  }

  /** Members of an open object. */
  void json(JsonWriter json) {
    json.field("bytes", plan.bytes()).array("deltas");
    for (Decision each : plan.decisions()) {
      json.object().field("action", id(each)).field("name", each.delta().key());
      each.delta().from().map(Checksum::hex).ifPresent(from -> json.field("from", from));
      json.field("to", each.delta().to().hex())
          .field("use", each.use())
          .field("bytes", each.size().bytes())
          .field("estimated", each.size().estimated())
          .field("saves", each.saves())
          .field("clients-permille", Math.round(each.share() * 10 * PERCENT))
          .end();
    }
    json.end();
  }
}
