package dev.coppice.transfer.publish;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where rsync copies to.
 *
 * @param place what rsync takes, without a slash at the end
 * @param shell options that say how the other side is reached
 */
record RsyncAddress(String place, List<String> shell) {
  private static final Pattern SSH =
      Pattern.compile("ssh://(?<host>(?:[^@/:]+@)?[^@/:]+)(?::(?<port>[0-9]{1,5}))?(?<path>/.+)");
  private static final Pattern DAEMON = Pattern.compile("rsync://[^/]+/[^/].*");
  private static final Pattern SHORT = Pattern.compile("(?<host>(?:[^@/:]+@)?[^@/:]+):(?<path>.+)");

  /** Copies the list. */
  RsyncAddress {
    shell = List.copyOf(shell);
  }

  /**
   * Reads an address; empty for what is none.
   *
   * @param text {@code rsync://HOST[:PORT]/MODULE/PATH}, {@code ssh://[USER@]HOST[:PORT]/PATH} or
   *     {@code [USER@]HOST:PATH}
   * @throws Failure with {@link ErrorCode#URL_INVALID} for one that is not whole
   */
  static Optional<RsyncAddress> parse(String text) {
    String address = withoutSlash(text);
    if (address.startsWith("rsync://")) {
      require(DAEMON.matcher(address), text, "rsync://HOST/MODULE/PATH");
      return Optional.of(new RsyncAddress(address, List.of()));
    }
    if (address.startsWith("ssh://")) {
      Matcher matcher = require(SSH.matcher(address), text, "ssh://[USER@]HOST[:PORT]/PATH");
      String port = matcher.group("port");
      List<String> shell = port == null ? List.of() : List.of("--rsh=ssh -p " + port);
      return Optional.of(
          new RsyncAddress(matcher.group("host") + ":" + matcher.group("path"), shell));
    }
    Matcher matcher = SHORT.matcher(address);
    if (address.contains("://") || !matcher.matches()) {
      return Optional.empty();
    }
    require(matcher, text, "[USER@]HOST:PATH");
    return Optional.of(new RsyncAddress(address, List.of()));
  }

  private static String withoutSlash(String text) {
    int end = text.length();
    while (end > 1 && text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(0, end);
  }

  /** A host must not look like an option to whoever gets it. */
  private static Matcher require(Matcher matcher, String text, String form) {
    if (!matcher.matches()
        || text.startsWith("-")
        || text.contains("://-")
        || text.contains("@-")) {
      throw new Failure(
          ErrorCode.URL_INVALID, "Invalid address '" + text + "'", "Write it as " + form + ".");
    }
    return matcher;
  }
}
