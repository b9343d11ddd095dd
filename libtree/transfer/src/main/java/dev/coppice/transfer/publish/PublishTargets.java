package dev.coppice.transfer.publish;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.LocalPath;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.fetch.Urls;
import dev.coppice.transfer.publish.DirectoryTarget.Linking;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Opens targets by their addresses: those of providers, those that rsync reaches, directories.
 *
 * @param providers of more kinds
 * @param settings for those, by names
 */
public record PublishTargets(List<Provider> providers, Map<String, String> settings) {
  /** Opens targets of one kind. Found as a service, so that its libraries are loaded late. */
  public interface Provider {
    /** The scheme of its addresses, as {@code s3}. */
    String scheme();

    /**
     * Opens a target.
     *
     * @param address with the scheme
     * @throws Failure when the address or a setting is of no use
     */
    PublishTarget open(String address, Map<String, String> settings) throws IOException;
  }

  /** Copies the collections. */
  public PublishTargets {
    providers = List.copyOf(providers);
    settings = Map.copyOf(settings);
  }

  /**
   * Opens a target.
   *
   * @param base what relative paths are resolved against
   * @throws Failure with {@link ErrorCode#URL_INVALID} when nothing knows the scheme
   */
  public PublishTarget open(Repo repo, String address, Path base, Linking linking)
      throws IOException {
    int end = address.indexOf("://");
    String scheme = end < 0 ? "" : address.substring(0, end);
    for (Provider provider : providers) {
      if (provider.scheme().equals(scheme)) {
        return provider.open(address, settings);
      }
    }
    if (scheme.equals("file")) {
      return DirectoryTarget.open(repo, Urls.file(Urls.parse(address)), linking);
    }
    Optional<PublishTarget> rsync = RsyncTarget.open(repo, address);
    if (rsync.isPresent()) {
      return rsync.get();
    }
    if (!scheme.isEmpty()) {
      throw new Failure(
          ErrorCode.URL_INVALID,
          "Nothing can publish to '" + address + "'",
          "Publish to a directory, s3://BUCKET/PREFIX, rsync://HOST/MODULE/PATH, ssh://HOST/PATH or"
              + " HOST:PATH.");
    }
    return DirectoryTarget.open(repo, base.resolve(LocalPath.parse(address)), linking);
  }
}
