package dev.coppice.sign.openpgp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The keys that made the signatures among the seeds. */
final class FuzzKeys {
  private static final Keyring KEYS = read();

  private FuzzKeys() {}

  static Keyring keyring() {
    return KEYS;
  }

  private static Keyring read() {
    String seed = "PacketsFuzzTestInputs/keyrings/several";
    try (InputStream in = Objects.requireNonNull(FuzzKeys.class.getResourceAsStream(seed))) {
      return Keyring.of(in.readAllBytes(), seed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
