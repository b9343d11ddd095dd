package dev.coppice.sign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Signs with the program {@code gpg}, so that agents and smartcards work as their owner set them
 * up.
 *
 * @param key what gpg takes as {@code -u}
 * @param home the directory of keys; gpg's own where there is none
 */
public record GpgSigner(String key, Optional<Path> home) implements Signer {
  @Override
  public SignatureType type() {
    return SignatureType.GPG;
  }

  @Override
  public byte[] sign(byte[] data) throws IOException {
    List<String> command = new ArrayList<>(List.of("gpg", "--quiet", "--no-armor"));
    home.ifPresent(directory -> command.add("--homedir=" + directory));
    command.addAll(List.of("--local-user", key, "--detach-sign", "--output", "-", "-"));
    return SigningProgram.run(command, data);
  }
}
