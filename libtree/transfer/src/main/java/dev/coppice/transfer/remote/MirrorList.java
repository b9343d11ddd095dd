package dev.coppice.transfer.remote;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.transfer.fetch.FetchRequest;
import dev.coppice.transfer.fetch.Fetcher;
import dev.coppice.transfer.fetch.Urls;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A list of mirrors: an address a line, lines that start with {@code #} are comments. */
final class MirrorList {
  private static final int MAX_SIZE = 1 << 20;

  private MirrorList() {}

  static List<URI> fetch(Fetcher fetcher, URI list) throws IOException {
    byte[] text =
        fetcher
            .fetchBytes(new FetchRequest(List.of(list), "", MAX_SIZE))
            .orElseThrow(
                () ->
                    new Failure(
                        ErrorCode.NETWORK_UNREACHABLE,
                        "While fetching mirrorlist '" + Urls.masked(list) + "': it is not there",
                        "Check the address behind mirrorlist= in the remote's configuration."));
    List<URI> mirrors = parse(new String(text, StandardCharsets.UTF_8));
    if (mirrors.isEmpty()) {
      throw new Failure(
          ErrorCode.NETWORK_UNREACHABLE,
          "No valid mirrors were found in mirrorlist '" + Urls.masked(list) + "'",
          "It must list addresses that start with http:// or https://, one a line.");
    }
    return mirrors;
  }

  /** The mirrors of a list; what is no address of a server is left out. */
  static List<URI> parse(String text) {
    var mirrors = new ArrayList<URI>();
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.startsWith("http://") || line.startsWith("https://")) {
        try {
          mirrors.add(Urls.parse(line));
        } catch (Failure e) {
          // One bad line does not spoil the others, as in the real tool.
        }
      }
    }
    return mirrors;
  }
}
