package dev.coppice.transfer.delta.plan;

import dev.coppice.transfer.delta.DeltaName;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often clients took each delta: the requests for superblocks that a web server answered. A
 * client that had the superblock already is counted too, as it goes on with the parts.
 *
 * @param requests by delta
 */
public record Demand(Map<DeltaName, Long> requests) {
  /** Nobody asked for anything, as far as is known. */
  public static final Demand NONE = new Demand(Map.of());

  /**
   * A request within a line of a log, in the formats common and combined, or as JSON: the path ends
   * with a delta's directory, and a status follows, next to the request or in a field of its own.
   */
  private static final Pattern REQUEST =
      Pattern.compile(
          "deltas/([A-Za-z0-9+_]{2})/([A-Za-z0-9+_]{41}(?:-[A-Za-z0-9+_]{43})?)/superblock");

  private static final Pattern STATUS =
      Pattern.compile("(?:HTTP/[0-9.]+\" |\"status\": ?)(200|304)\\b");

  /** A line that is longer is no request that a client of ours makes. */
  private static final int LONGEST_LINE = 16_384;

  /** Copies the map. */
  public Demand {
    requests = Map.copyOf(requests);
  }

  /** Counts the requests of a log. */
  public static Demand ofLog(Path log) throws IOException {
    var counts = new HashMap<DeltaName, Long>();
    // Logs hold what clients send, which may be anything.
    try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        read(line).ifPresent(delta -> counts.merge(delta, 1L, Long::sum));
      }
    }
    return new Demand(counts);
  }

  private static Optional<DeltaName> read(String line) {
    if (line.length() > LONGEST_LINE) {
      return Optional.empty();
    }
    Matcher request = REQUEST.matcher(line);
    if (!request.find() || !STATUS.matcher(line).find()) {
      return Optional.empty();
    }
    return DeltaName.ofDirectory(request.group(1) + request.group(2));
  }

  /** The requests of both. */
  public Demand and(Demand other) {
    var sum = new HashMap<>(requests);
    other.requests.forEach((delta, count) -> sum.merge(delta, count, Long::sum));
    return new Demand(sum);
  }
}
