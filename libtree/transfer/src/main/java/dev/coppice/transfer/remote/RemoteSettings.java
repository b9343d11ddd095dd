package dev.coppice.transfer.remote;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.LocalPath;
import dev.coppice.core.repo.Remotes;
import dev.coppice.transfer.fetch.FetchSettings;
import dev.coppice.transfer.fetch.Urls;
import java.nio.file.Path;
import java.util.Optional;

/** How a remote's configuration wants files to be fetched. */
final class RemoteSettings {
  private RemoteSettings() {}

  /** Settings with those of a remote added. */
  static FetchSettings of(
      Remotes remotes, String name, FetchSettings given, Optional<Path> cookies) {
    Optional<Path> certificate = remotes.option(name, "tls-client-cert-path").map(LocalPath::parse);
    Optional<Path> key = remotes.option(name, "tls-client-key-path").map(LocalPath::parse);
    if (certificate.isPresent() != key.isPresent()) {
      throw new Failure(
          ErrorCode.CONFIG_INVALID,
          "Remote \""
              + name
              + "\" must specify both \"tls-client-cert-path\" and \"tls-client-key-path\"",
          "Set the one that is missing, or unset the other.");
    }
    FetchSettings settings =
        given
            .withTls(
                new FetchSettings.Tls(
                    remotes.option(name, "tls-ca-path").map(LocalPath::parse),
                    certificate,
                    key,
                    flag(remotes, name, "tls-permissive", false)))
            .withHttp2(flag(remotes, name, "http2", true));
    Optional<String> proxy = remotes.option(name, "proxy").filter(text -> !text.isEmpty());
    if (proxy.isPresent()) {
      settings = settings.withProxy(Urls.parse(proxy.get()));
    }
    return cookies.isPresent() ? settings.withCookies(cookies.get()) : settings;
  }

  private static boolean flag(Remotes remotes, String name, String key, boolean fallback) {
    Optional<String> text = remotes.option(name, key);
    if (text.isEmpty()) {
      return fallback;
    }
    return switch (text.get().strip()) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default ->
          throw new Failure(
              ErrorCode.CONFIG_INVALID,
              "Invalid value '" + text.get() + "' of " + key + " in remote \"" + name + "\"",
              "It is true or false.");
    };
  }
}
