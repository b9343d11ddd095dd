package dev.coppice.cli.pull;

import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.transfer.fetch.FetchSettings;
import dev.coppice.transfer.remote.RemoteAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How files are fetched. Numbers below zero leave what is the default, as in ostree. */
final class NetworkOptions {
  private static final long MEGA = 1_000_000;

  @Option(names = "--cache-dir", paramLabel = "DIR", description = "Use custom cache dir")
  @Nullable String cacheDir;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Pull objects from this URL instead of the one from the remote config")
  @Nullable String url;

  @Option(
      names = "--http-header",
      paramLabel = "NAME=VALUE",
      description = "Add NAME=VALUE as HTTP header to all requests")
  List<String> headers = new ArrayList<>();

  @Option(
      names = "--network-retries",
      paramLabel = "N",
      description =
          "Specifies how many times each download should be retried upon error (default: 5)")
  int retries = -1;

  @Option(
      names = "--disable-retry-on-network-errors",
      description = "Do not retry when network issues happen, instead fail automatically")
  boolean noRetries;

  @Option(
      names = "--low-speed-limit-bytes",
      paramLabel = "N",
      description = "Bytes a second below which a transfer counts as too slow (default: 1000)")
  int slowBytes = -1;

  @Option(
      names = "--low-speed-time-seconds",
      paramLabel = "N",
      description = "Seconds after which a transfer that is too slow is ended (default: 30)")
  int slowSeconds = -1;

  @Option(
      names = "--max-outstanding-fetcher-requests",
      paramLabel = "N",
      description = "The max amount of concurrent connections allowed (default: 8 and up)")
  int outstanding = -1;

  @Option(
      names = "--bandwidth",
      paramLabel = "MB",
      description = "Most megabytes a second for the whole pull (default: no limit)")
  @Nullable String bandwidth;

  @Option(
      names = "--append-user-agent",
      paramLabel = "TEXT",
      hidden = true,
      description = "Append string to user agent")
  @Nullable String userAgent;

  /** What differs from the configuration of the remote. */
  RemoteAccess.Overrides overrides(Context context) {
    return new RemoteAccess.Overrides(
        Optional.ofNullable(url), Optional.ofNullable(cacheDir).map(context::path), settings());
  }

  private FetchSettings settings() {
    FetchSettings settings =
        FetchSettings.DEFAULTS
            .withRetry(retry())
            .withHeaders(headers.stream().map(FetchSettings.Header::parse).toList());
    if (outstanding == 0) {
      throw UsageException.messageOnly("--max-outstanding-fetcher-requests is 1 or more");
    }
    if (outstanding > 0) {
      settings = settings.withOutstanding(outstanding);
    }
    if (bandwidth != null) {
      settings = settings.withBandwidth(bytesPerSecond(bandwidth));
    }
    return userAgent == null ? settings : settings.withUserAgentAppended(userAgent);
  }

  private static long bytesPerSecond(String megabytes) {
    double bytes;
    try {
      bytes = Double.parseDouble(megabytes) * MEGA;
    } catch (NumberFormatException e) {
      bytes = 0;
    }
    if (!(bytes >= 1 && bytes < Long.MAX_VALUE)) {
      throw UsageException.messageOnly(
          "Invalid bandwidth '" + megabytes + "': it is a number of megabytes a second");
    }
    return (long) bytes;
  }

  private FetchSettings.Retry retry() {
    FetchSettings.Retry usual = FetchSettings.DEFAULTS.retry();
    if (slowSeconds == 0) {
      throw UsageException.messageOnly("--low-speed-time-seconds is 1 or more");
    }
    int times = retries < 0 ? usual.times() : retries;
    return new FetchSettings.Retry(
        noRetries ? 0 : times,
        slowBytes < 0 ? usual.slowBytes() : slowBytes,
        slowSeconds < 0 ? usual.slowTime() : Duration.ofSeconds(slowSeconds));
  }
}
