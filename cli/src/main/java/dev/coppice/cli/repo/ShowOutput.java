package dev.coppice.cli.repo;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.console.JsonWriter;

/**
 * Where {@code show} prints to, and in which of its two languages.
 *
 * @param json whether as JSON
 */
record ShowOutput(Console console, boolean json) {
  /** Prints a line of text. */
  void println(String line) {
    console.println(line);
  }

  /** Writes JSON. */
  JsonWriter writer() {
    return new JsonWriter(console.out());
  }
}
