package dev.coppice.cli.sign;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.console.OutputException;
import dev.coppice.sign.SignatureReport;
import dev.coppice.sign.SignatureStatus;
import dev.coppice.sign.SignatureVerdict;
import java.util.List;
import java.util.Locale;

/** What is known of signatures, as text and as JSON. */
public record SignatureOutput(SignatureReport report) {
  /**
   * A heading with their number and a paragraph for each, as {@code show} and {@code summary} have
   * it.
   *
   * @param where what follows the number
   */
  public void text(Console console, String where) {
    List<SignatureVerdict> verdicts = report.verdicts();
    console.println(
        "Found "
            + verdicts.size()
            + " signature"
            + (verdicts.size() == 1 ? "" : "s")
            + where
            + ":");
    for (SignatureVerdict verdict : verdicts) {
      console.println("");
      verdict.lines().forEach(line -> console.println("  " + line));
    }
  }

  /** Says on standard error, in plain words, why signatures do not count. */
  public void warn(Console console) throws OutputException {
    for (SignatureVerdict verdict : report.verdicts()) {
      if (verdict.status() != SignatureStatus.GOOD) {
        String key = verdict.key().isEmpty() ? "" : " of key " + verdict.key();
        console.warn("The signature" + key + " does not count. " + verdict.status().explanation());
      }
    }
  }

  /** An object for each signature, as elements of an open array. */
  public void elements(JsonWriter json) {
    for (SignatureVerdict verdict : report.verdicts()) {
      json.object()
          .field("type", verdict.type().id())
          .field("judged", true)
          .field("status", id(verdict.status()))
          .field("good", verdict.status() == SignatureStatus.GOOD);
      if (!verdict.key().isEmpty()) {
        json.field("key", verdict.key());
      }
      if (!verdict.userId().isEmpty()) {
        json.field("user-id", verdict.userId());
      }
      verdict.made().ifPresent(time -> json.field("made", time.getEpochSecond()));
      json.field("explanation", verdict.status().explanation()).end();
    }
  }

  private static String id(SignatureStatus status) {
    return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
