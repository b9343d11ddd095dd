package dev.coppice.transfer.mirror;

import dev.coppice.core.config.NamedSection;
import dev.coppice.core.io.LocalPath;
import dev.coppice.sign.KeyPlaces;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.Signer;
import dev.coppice.sign.Signers;
import dev.coppice.sign.openpgp.GpgHome;
import dev.coppice.transfer.mirror.MirrorRequest.Signing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keys of a mirror's own.
 *
 * @param type of the keys that are not OpenPGP's
 * @param keys of that type, as {@link Signers} reads them
 * @param files of keys of that type, of which the first counts
 * @param gpgKeys what gpg takes as keys
 * @param gpgHome where gpg has them
 */
public record SigningKeys(
    SignatureType type,
    List<String> keys,
    List<Path> files,
    List<String> gpgKeys,
    Optional<Path> gpgHome) {
  /** Copies the lists. */
  public SigningKeys {
    keys = List.copyOf(keys);
    files = List.copyOf(files);
    gpgKeys = List.copyOf(gpgKeys);
  }

  /** Those that a section of a configuration file names. */
  public static SigningKeys configured(NamedSection section) {
    return new SigningKeys(
        section.string("sign-type").map(SignatureType::named).orElse(SignatureType.ED25519),
        List.of(),
        section.list("sign-key-files").stream().map(LocalPath::parse).toList(),
        section.list("gpg-sign"),
        section.string("gpg-homedir").map(LocalPath::parse));
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return keys.isEmpty() && files.isEmpty() && gpgKeys.isEmpty();
  }

  /**
   * What is signed with them: the summary in any case.
   *
   * @param commits whether commits get signatures as well
   */
  public Signing.Own signing(KeyPlaces places, boolean commits) throws IOException {
    var signers = new ArrayList<Signer>();
    for (String key : gpgKeys) {
      signers.add(new GpgHome(gpgHome.map(Path::toAbsolutePath)).key(key));
    }
    var plain = new Signers(type, places);
    for (String key : keys) {
      signers.add(plain.of(key));
    }
    for (Path file : files) {
      signers.add(plain.ofFile(file).getFirst());
    }
    return new Signing.Own(signers, commits ? signers : List.of());
  }
}
