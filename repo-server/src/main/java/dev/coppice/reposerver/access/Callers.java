package dev.coppice.reposerver.access;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who asks, where proxies stand between: they write into {@code X-Forwarded-For} from whom they
 * have a request, behind what was there. A client can write there whatever it likes, so only what
 * trusted proxies have written counts.
 *
 * @param proxies that are trusted
 */
public record Callers(AddressList proxies) {
  /** The header, whose values may also come as several. */
  public static final String HEADER = "X-Forwarded-For";

  /** An address as proxies write it, some of them with a port. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "\\[?(?<six>[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(\\](:[0-9]+)?)?"
              + "|(?<four>[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+)(:[0-9]+)?");

  /**
   * The nearest address that is no trusted proxy's.
   *
   * @param remote the other end of the connection
   * @param forwarded values of the header, in their order
   */
  public SocketAddress of(SocketAddress remote, List<String> forwarded) {
    SocketAddress caller = remote;
    List<String> path = List.of(String.join(",", forwarded).split(",", -1)).reversed();
    for (String each : path) {
      Optional<InetAddress> before =
          proxies.contains(caller) ? address(each.strip()) : Optional.empty();
      if (before.isEmpty()) {
        return caller;
      }
      caller = new InetSocketAddress(before.get(), 0);
    }
    return caller;
  }

  private static Optional<InetAddress> address(String text) {
    Matcher matcher = ADDRESS.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String literal = matcher.group("six") == null ? matcher.group("four") : matcher.group("six");
    try {
      return Optional.of(InetAddress.ofLiteral(literal));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
