package dev.coppice.sign.openpgp;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.Signatures;
import dev.coppice.sign.Signer;
import dev.coppice.sign.SigningProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The secret keys of the program {@code gpg}. It signs itself, so that agents and smartcards work
 * as their owner set them up.
 *
 * @param directory where its keys are; gpg's own directory where there is none
 */
public record GpgHome(Optional<Path> directory) {
  /**
   * The signer of a key.
   *
   * @param id a fingerprint, key id, mail address or part of a user id; a fingerprint with {@code
   *     !} at its end names that subkey
   * @throws Failure with {@link ErrorCode#KEY_INVALID} when gpg has no such secret key or several
   */
  public SecretKey key(String id) throws IOException {
    List<List<String>> keys = secretKeys(id);
    if (keys.isEmpty()) {
      throw new Failure(
          ErrorCode.KEY_INVALID,
          "No gpg key found with ID " + id + " (homedir: " + home() + ")",
          "'gpg --list-secret-keys' shows those there are; --gpg-homedir names another directory");
    }
    if (keys.size() > 1) {
      throw new Failure(
          ErrorCode.KEY_INVALID,
          "gpg key id " + id + " ambiguous (homedir: " + home() + "). Try the fingerprint instead",
          "It fits " + String.join(", ", keys.stream().map(List::getFirst).toList()));
    }
    List<String> fingerprints = keys.getFirst();
    return new SecretKey(this, id.endsWith("!") ? id : fingerprints.getFirst(), fingerprints);
  }

  /**
   * A secret key of gpg.
   *
   * @param name what gpg takes as {@code --local-user}
   * @param fingerprints of the primary key and its subkeys
   */
  public record SecretKey(GpgHome home, String name, List<String> fingerprints) implements Signer {
    @Override
    public SignatureType type() {
      return SignatureType.GPG;
    }

    @Override
    public byte[] sign(byte[] data) throws IOException {
      return SigningProgram.run(
          home.command("--no-armor", "--local-user", name, "--detach-sign", "--output", "-", "-"),
          data);
    }

    /** Whether one of the signatures says that it is by this key; it is not verified. */
    public boolean isIn(Signatures signatures) {
      return signatures.of(SignatureType.GPG).stream().anyMatch(this::made);
    }

    private boolean made(byte[] blob) {
      try {
        return Packets.signatures(blob).stream()
            .map(signature -> "%016X".formatted(signature.getKeyID()))
            .anyMatch(id -> fingerprints.stream().anyMatch(print -> print.endsWith(id)));
      } catch (IOException e) {
        return false; // A damaged signature is nobody's.
      }
    }
  }

  private List<List<String>> secretKeys(String id) throws IOException {
    SigningProgram.Ended listing =
        SigningProgram.list(command("--with-colons", "--list-secret-keys", "--", id));
    List<List<String>> keys = new ArrayList<>();
    if (listing.exit() != 0) {
      return keys;
    }
    String text = new String(listing.output(), StandardCharsets.UTF_8);
    for (String line : text.lines().toList()) {
      List<String> fields = List.of(line.split(":", -1));
      if (fields.getFirst().equals("sec")) {
        keys.add(new ArrayList<>());
      } else if (fields.getFirst().equals("fpr") && fields.size() > 9 && !keys.isEmpty()) {
        keys.getLast().add(fields.get(9).toUpperCase(Locale.ROOT));
      }
    }
    keys.removeIf(List::isEmpty);
    return keys;
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of("gpg", "--batch", "--quiet", "--no-tty"));
    directory.ifPresent(home -> command.addAll(List.of("--homedir", home.toString())));
    command.addAll(List.of(arguments));
    return command;
  }

  private String home() {
    return directory.map(Path::toString).orElse("<default>");
  }
}
