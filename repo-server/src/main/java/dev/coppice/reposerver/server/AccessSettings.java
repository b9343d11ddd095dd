package dev.coppice.reposerver.server;

import dev.coppice.reposerver.access.AddressList;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may read.
 *
 * @param addresses that may read at all
 * @param metrics those of them that may read the metrics
 * @param proxies that are believed from whom they have a request
 * @param tokens file of the hashes of tokens; empty when readers need none
 */
public record AccessSettings(
    AddressList addresses, AddressList metrics, AddressList proxies, Optional<Path> tokens) {
  /** Everybody may read, this machine the metrics as well. */
  public static final AccessSettings OPEN =
      new AccessSettings(AddressList.ALL, AddressList.LOCAL, AddressList.NONE, Optional.empty());
}
