package dev.coppice.reposerver.server;

import dev.coppice.core.config.SizeText;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.LocalPath;
import dev.coppice.reposerver.access.AddressList;
import dev.coppice.reposerver.access.AddressRange;
import dev.coppice.reposerver.observe.LogFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes settings of options, and refuses what does not fit together. */
final class Settings {
  private static final String DEFAULT_LISTEN = "127.0.0.1:8080";

  private final Options options;

  private Settings(Options options) {
    this.options = options;
  }

  static ServerSettings of(Options options) {
    return new Settings(options).read();
  }

  private ServerSettings read() {
    Optional<TlsFiles> tls = tls();
    return new ServerSettings(
        repos(),
        listen(tls.isPresent()),
        tls,
        access(),
        log(),
        new ServerSettings.Jobs(
            options.one("--mirrors").map(LocalPath::parse),
            options.one("--deltas").map(LocalPath::parse)),
        limits());
  }

  private List<ServedRepo> repos() {
    List<ServedRepo> repos = options.all("--repo").stream().map(ServedRepo::parse).toList();
    if (repos.isEmpty()) {
      throw Options.usage("No repository to serve: --repo is missing");
    }
    var names = new HashSet<String>();
    for (ServedRepo repo : repos) {
      if (repo.name().isEmpty() && repos.size() > 1) {
        throw Options.usage("Several repositories need names: write --repo=NAME=" + repo.path());
      }
      if (!names.add(repo.name())) {
        throw Options.usage("Two repositories have the name " + repo.name());
      }
    }
    return repos;
  }

  private Optional<TlsFiles> tls() {
    Optional<String> certificates = options.one("--tls-cert");
    Optional<String> key = options.one("--tls-key");
    if (certificates.isPresent() != key.isPresent()) {
      throw Options.usage("--tls-cert and --tls-key are needed together");
    }
    return certificates.map(
        file -> new TlsFiles(LocalPath.parse(file), LocalPath.parse(key.orElseThrow())));
  }

  private List<Listen> listen(boolean secure) {
    List<String> given = options.all("--listen");
    List<Listen> listen =
        (given.isEmpty() ? List.of(DEFAULT_LISTEN) : given)
            .stream().map(address -> Listen.parse(address, secure)).toList();
    if (!secure && listen.stream().anyMatch(Listen::secure)) {
      throw Options.usage("An address with https:// needs --tls-cert and --tls-key");
    }
    if (secure && listen.stream().noneMatch(Listen::secure)) {
      throw Options.usage("--tls-cert is of no use: every address is plain http://");
    }
    return listen;
  }

  private AccessSettings access() {
    return new AccessSettings(
        addresses("--allow", AddressList.ALL),
        addresses("--metrics-allow", AddressList.LOCAL),
        addresses("--trusted-proxy", AddressList.NONE),
        options.one("--tokens").map(LocalPath::parse));
  }

  private AddressList addresses(String option, AddressList otherwise) {
    if (!options.has(option)) {
      return otherwise;
    }
    var ranges = new ArrayList<AddressRange>();
    for (String value : options.all(option)) {
      for (String range : value.split(",", -1)) {
        ranges.add(AddressRange.parse(range.strip()));
      }
    }
    return new AddressList(ranges);
  }

  private Optional<LogSettings> log() {
    Optional<String> name = options.one("--access-log-format");
    Optional<String> file = options.one("--access-log");
    if (file.isEmpty()) {
      if (name.isPresent()) {
        throw Options.usage("--access-log-format is of no use without --access-log");
      }
      return Optional.empty();
    }
    LogFormat format =
        name.map(
                text ->
                    LogFormat.of(text)
                        .orElseThrow(
                            () ->
                                Options.usage(
                                    "'" + text + "' is not a format: common, combined or json")))
            .orElse(LogFormat.COMBINED);
    return Optional.of(
        new LogSettings(file.filter(path -> !path.equals("-")).map(LocalPath::parse), format));
  }

  private Limits limits() {
    Limits usual = Limits.DEFAULT;
    return new Limits(
        options.one("--cache-size").map(Settings::size).orElse(usual.cacheBytes()),
        options
            .one("--max-connections")
            .map(text -> (int) number("--max-connections", text, 1, 1_000_000))
            .orElse(usual.connections()),
        options
            .one("--stop-timeout")
            .map(text -> Duration.ofSeconds(number("--stop-timeout", text, 0, 86_400)))
            .orElse(usual.stop()),
        usual.look());
  }

  private static long size(String text) {
    if (text.equals("0")) {
      return 0;
    }
    OptionalLong bytes = SizeText.bytes(text);
    if (bytes.isEmpty()) {
      throw Options.usage("--cache-size=" + text + " is not " + SizeText.EXPECTED);
    }
    long most = Runtime.getRuntime().maxMemory() / 2;
    if (bytes.getAsLong() > most) {
      throw new Failure(
          ErrorCode.USAGE,
          "--cache-size=" + text + " is more than half of the memory that the JVM may use",
          "Allow it more, for example with COPPICE_JAVA_OPTIONS=-Xmx2g.");
    }
    return bytes.getAsLong();
  }

  private static long number(String option, String text, long least, long most) {
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below, like one that is too small or too large.
    }
    throw Options.usage(option + "=" + text + " is not a number from " + least + " to " + most);
  }
}
