package dev.coppice.transfer.fetch;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which proxy an address is reached through, as curl decides it. */
final class Proxies extends ProxySelector {
  private static final int DEFAULT_PORT = 1080;

  private final Optional<URI> fixed;
  private final Map<String, String> environment;

  /** Whether any proxy is set at all. */
  private final boolean any;

  Proxies(Optional<URI> fixed, Map<String, String> environment) {
    this.fixed = fixed;
    this.environment = environment;
    this.any =
        fixed.isPresent()
            || List.of("http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
                .stream()
                .anyMatch(name -> !environment.getOrDefault(name, "").isEmpty());
  }

  static Proxies of(FetchSettings settings) {
    return new Proxies(settings.proxy(), System.getenv());
  }

  /** Whether a server is asked itself. */
  boolean isDirect(URI uri) {
    return !any || select(uri).equals(List.of(Proxy.NO_PROXY));
  }

  @Override
  public List<Proxy> select(@Nullable URI uri) {
    if (uri == null) {
      throw new IllegalArgumentException("no address");
    }
    if (fixed.isPresent()) {
      return List.of(proxy(fixed.get()));
    }
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    if (isExcluded(host)) {
      return List.of(Proxy.NO_PROXY);
    }
    String scheme = Urls.scheme(uri);
    // The upper-case form of http_proxy is not read: in CGI a client could set it.
    List<String> names =
        scheme.equals("https")
            ? List.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
            : List.of("http_proxy", "all_proxy", "ALL_PROXY");
    return names.stream()
        .map(name -> environment.getOrDefault(name, ""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .map(value -> proxy(Urls.parse(value.contains("://") ? value : "http://" + value)))
        .map(List::of)
        .orElseGet(() -> List.of(Proxy.NO_PROXY));
  }

  private boolean isExcluded(String host) {
    String list = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
    for (String each : List.of(list.split(",", -1))) {
      String name = each.strip().toLowerCase(Locale.ROOT);
      String domain = name.startsWith(".") ? name.substring(1) : name;
      if (name.equals("*")
          || (!domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain)))) {
        return true;
      }
    }
    return false;
  }

  private static Proxy proxy(URI uri) {
    if (uri.getHost() == null || !Urls.scheme(uri).equals("http")) {
      throw new Failure(
          ErrorCode.URL_INVALID,
          "Unsupported proxy " + Urls.masked(uri),
          "Proxies are given as http://HOST:PORT.");
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port));
  }

  @Override
  public void connectFailed(
      @Nullable URI uri, @Nullable SocketAddress address, @Nullable IOException failure) {
    // The failure itself is reported where it is thrown.
  }
}
