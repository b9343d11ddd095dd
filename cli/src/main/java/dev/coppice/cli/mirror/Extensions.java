package dev.coppice.cli.mirror;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.transfer.publish.PublishTargets.Provider;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Providers of targets whose libraries are large: they lie in a directory beside the others, {@code
 * lib/s3} for the scheme {@code s3}, and are loaded when an address asks for them. So no other
 * command pays for them.
 */
final class Extensions {
  private static final String SCHEME = "s3";

  private Extensions() {}

  /**
   * What can open an address, beside what always can.
   *
   * @throws Failure when the address needs one that is not installed
   */
  static List<Provider> providers(String address) throws IOException {
    if (!address.startsWith(SCHEME + "://")) {
      return List.of();
    }
    List<Provider> providers = load(Extensions.class.getClassLoader());
    if (providers.isEmpty()) {
      Path directory = home().resolve(SCHEME);
      if (Files.isDirectory(directory)) {
        // Stays open: what it loads is used until the process ends.
        providers = load(new URLClassLoader(jars(directory), Extensions.class.getClassLoader()));
      }
    }
    if (providers.isEmpty()) {
      throw new Failure(
          ErrorCode.URL_INVALID,
          "This installation cannot publish to " + SCHEME + "://",
          "Install it with its directory lib/" + SCHEME + ".");
    }
    return providers;
  }

  private static List<Provider> load(ClassLoader loader) {
    return ServiceLoader.load(Provider.class, loader).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.scheme().equals(SCHEME))
        .toList();
  }

  /** The directory of the jar that this class is from. */
  private static Path home() {
    try {
      URL place = Extensions.class.getProtectionDomain().getCodeSource().getLocation();
      return Path.of(place.toURI()).resolveSibling("").toAbsolutePath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static URL[] jars(Path directory) throws IOException {
    var jars = new ArrayList<URL>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
      for (Path file : files) {
        jars.add(file.toUri().toURL());
      }
    }
    return jars.toArray(URL[]::new);
  }
}
