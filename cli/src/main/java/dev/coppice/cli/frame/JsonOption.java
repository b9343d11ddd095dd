package dev.coppice.cli.frame;

import dev.coppice.cli.console.JsonWriter;
import picocli.CommandLine.Option;

/** Mixin of every command that reads: the same result as JSON. */
public final class JsonOption {
  @Option(names = "--json", description = "Print the result as JSON")
  boolean json;

  /** Whether JSON was asked for. */
  public boolean json() {
    return json;
  }

  /** Writes JSON to standard output. */
  public JsonWriter writer(Context context) {
    return new JsonWriter(context.console().out());
  }
}
