package dev.coppice.cli.repo;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.console.JsonWriter;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A commit as {@code log} and {@code show} tell of it.
 *
 * @param checksum its name
 */
record CommitReport(Checksum checksum, Commit commit) {
  /** Years 1 to 9999: what GLib's dates can be. */
  private static final long FIRST_SECOND = -62_135_596_800L;

  private static final long LAST_SECOND = 253_402_300_799L;
  private static final String INDENT = "    ";

  /** The lines below the one that names the object. */
  void text(Console console) {
    String date = date(); // first: nothing is printed of a commit with an impossible one
    commit.parent().ifPresent(parent -> console.println("Parent:  " + parent));
    console.println("ContentChecksum:  " + commit.contentChecksum());
    console.println("Date:  " + date + " +0000");
    version().ifPresent(version -> console.println("Version: " + version));
    if (commit.subject().isEmpty()) {
      console.println("(no subject)");
    } else {
      console.println("");
      indented(console, commit.subject());
    }
    if (!commit.body().isEmpty()) {
      console.println("");
      indented(console, commit.body());
    }
    console.println("");
  }

  /** The fields of an object that is open already. */
  void json(JsonWriter out) {
    out.field("checksum", checksum.hex());
    commit.parent().ifPresent(parent -> out.field("parent", parent.hex()));
    out.field("content-checksum", commit.contentChecksum().hex());
    out.field("tree", commit.tree().hex()).field("meta", commit.meta().hex());
    out.field("timestamp", commit.timestamp()).field("date", date().replace(' ', 'T') + "Z");
    version().ifPresent(version -> out.field("version", version));
    out.field("subject", commit.subject()).field("body", commit.body());
  }

  private Optional<String> version() {
    return commit.metadata().lookup("version", VariantType.STRING).map(Variant::asString);
  }

  private String date() {
    long seconds = commit.timestamp();
    if (seconds < FIRST_SECOND || seconds > LAST_SECOND) {
      throw new Failure(
          ErrorCode.OBJECT_CORRUPT,
          "Failed to read commit: Invalid timestamp: " + Long.toUnsignedString(seconds),
          "Commit " + checksum + " can still be shown with --raw");
    }
    LocalDateTime time = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    // DateTimeFormatter would cost more time to load than the whole command takes.
    return time.getYear()
        + "-"
        + two(time.getMonthValue())
        + "-"
        + two(time.getDayOfMonth())
        + " "
        + two(time.getHour())
        + ":"
        + two(time.getMinute())
        + ":"
        + two(time.getSecond());
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }

  /** Each line indented; an empty rest after the last line feed is no line. */
  private static void indented(Console console, String text) {
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      int stop = end < 0 ? text.length() : end;
      console.println(INDENT + text.substring(start, stop));
      start = stop + 1;
    }
  }
}
