package dev.coppice.cli.repo;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.console.JsonWriter;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.transfer.summary.Summary;

/**
 * Prints a summary or a part of it.
 *
 * @param signed whether there is a signature beside it
 * @param json whether as JSON
 */
public record SummaryOutput(Summary summary, boolean signed, boolean json) {
  /** For people, or as JSON. */
  public void print(Console console) {
    if (json) {
      new SummaryJson(new JsonWriter(console.out())).print(summary, signed);
    } else {
      new SummaryText(console).print(summary);
    }
  }

  /** As GVariant text, numbers byte-swapped, as most of them are big-endian. */
  public void raw(Console console) {
    Variant variant = Variant.of(Summary.TYPE, summary.bytes());
    if (json) {
      new ShowOutput(console, true)
          .writer()
          .object()
          .field("type", Summary.TYPE.toString())
          .field("value", variant.byteswapped().print(true))
          .end();
    } else {
      console.println(variant.byteswapped().print(true));
    }
  }

  /** The keys of its metadata. */
  public void keys(Console console) {
    new ShownMetadata(summary.metadata()).keys().print(new ShowOutput(console, json));
  }

  /**
   * One value of its metadata.
   *
   * @throws dev.coppice.core.failure.Failure when there is none
   */
  public void value(Console console, String key) {
    new ShownMetadata(summary.metadata())
        .value(key, new ShownMetadata.Form(false, true))
        .print(new ShowOutput(console, json));
  }
}
