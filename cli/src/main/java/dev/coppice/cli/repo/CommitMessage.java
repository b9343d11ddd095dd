package dev.coppice.cli.repo;

import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.commit.CommitMetadata;
import dev.coppice.core.commit.CommitRequest;
import dev.coppice.core.time.DateText;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code commit} with the message and the time. */
final class CommitMessage {
  @Option(
      names = {"-s", "--subject"},
      paramLabel = "SUBJECT",
      description = "One line subject")
  @Nullable String subject;

  @Option(
      names = {"-m", "--body"},
      paramLabel = "BODY",
      description = "Full description")
  @Nullable String body;

  @Option(
      names = {"-F", "--body-file"},
      paramLabel = "FILE",
      description = "Commit message from FILE path")
  @Nullable String bodyFile;

  @Option(
      names = {"-e", "--editor"},
      description = "Use an editor to write the commit message")
  boolean editor;

  @Option(
      names = "--timestamp",
      paramLabel = "TIMESTAMP",
      description = "Override the timestamp of the commit")
  @Nullable String timestamp;

  /** The description of the commit. */
  CommitRequest.Description describe(
      Context context, @Nullable String branch, CommitMetadata metadata)
      throws IOException, InterruptedException {
    String first = subject == null ? "" : subject;
    String rest = body == null ? "" : body;
    if (editor) {
      MessageEditor.Message edited = new MessageEditor(context).edit(branch, subject, body);
      first = edited.subject();
      rest = edited.body();
    } else if (bodyFile != null) {
      rest = TextFile.read(context.path(bodyFile));
    }
    return new CommitRequest.Description(first, rest, time(context), metadata);
  }

  private OptionalLong time(Context context) {
    if (timestamp != null) {
      return OptionalLong.of(DateText.parse(timestamp).getEpochSecond());
    }
    return sourceDateEpoch(context);
  }

  /** The time that the environment sets for commits, for builds that are to be repeatable. */
  static OptionalLong sourceDateEpoch(Context context) {
    String epoch = context.environment().variables().get("SOURCE_DATE_EPOCH");
    return epoch == null ? OptionalLong.empty() : OptionalLong.of(leadingNumber(epoch));
  }

  /** A number as {@code strtoll} takes it: what follows the digits does not matter. */
  private static long leadingNumber(String text) {
    String number = text.stripLeading();
    int end = number.startsWith("-") || number.startsWith("+") ? 1 : 0;
    int start = end;
    while (end < number.length() && number.charAt(end) >= '0' && number.charAt(end) <= '9') {
      end++;
    }
    if (end == start) {
      throw UsageException.messageOnly("Failed to convert SOURCE_DATE_EPOCH");
    }
    try {
      return Long.parseLong(number.substring(0, end));
    } catch (NumberFormatException e) {
      throw UsageException.messageOnly("Parsing SOURCE_DATE_EPOCH: Numerical result out of range");
    }
  }
}
