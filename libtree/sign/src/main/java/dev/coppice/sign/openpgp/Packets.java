package dev.coppice.sign.openpgp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.gpg.keybox.KeyBlob;
import org.bouncycastle.gpg.keybox.PublicKeyRingBlob;
import org.bouncycastle.gpg.keybox.bc.BcKeyBox;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;

/** OpenPGP packets of files and blobs, binary or as blocks of ASCII armor. */
final class Packets {
  private static final Pattern ARMOR =
      Pattern.compile("-----BEGIN PGP ([A-Z ]+)-----.*?-----END PGP \\1-----", Pattern.DOTALL);

  /** A keybox starts with length, type and flags of its header. */
  private static final int KEYBOX_MAGIC_AT = 8;

  private static final byte[] KEYBOX_MAGIC = {'K', 'B', 'X', 'f'};

  private Packets() {}

  /**
   * The key rings of a keyring, or of gpg's keybox; what stands between them is passed over.
   *
   * @throws IOException when the bytes are not OpenPGP
   */
  static List<PGPPublicKeyRing> rings(byte[] bytes) throws IOException {
    if (isKeybox(bytes)) {
      return keyboxRings(bytes);
    }
    List<PGPPublicKeyRing> rings = new ArrayList<>();
    for (Object each : objects(bytes)) {
      switch (each) {
        case PGPPublicKeyRing ring -> rings.add(ring);
        // Somebody exported the wrong half; the other one is in it.
        case PGPSecretKeyRing secret -> rings.add(secret.toCertificate());
        default -> {
          // Trust packets and what else gpg keeps in keyrings.
        }
      }
    }
    return rings;
  }

  private static boolean isKeybox(byte[] bytes) {
    int end = KEYBOX_MAGIC_AT + KEYBOX_MAGIC.length;
    return bytes.length >= end
        && Arrays.equals(bytes, KEYBOX_MAGIC_AT, end, KEYBOX_MAGIC, 0, KEYBOX_MAGIC.length);
  }

  private static List<PGPPublicKeyRing> keyboxRings(byte[] bytes) throws IOException {
    List<PGPPublicKeyRing> rings = new ArrayList<>();
    try {
      for (KeyBlob blob : new BcKeyBox(bytes).getKeyBlobs()) {
        if (blob instanceof PublicKeyRingBlob keys) {
          rings.add(keys.getPGPPublicKeyRing());
        }
      }
    } catch (RuntimeException e) {
      throw new IOException("damaged keybox", e);
    }
    return rings;
  }

  /**
   * The signatures of a blob, at least one.
   *
   * @throws IOException when it holds anything else, or nothing
   */
  static List<PGPSignature> signatures(byte[] bytes) throws IOException {
    List<PGPSignature> signatures = new ArrayList<>();
    for (Object each : objects(bytes)) {
      if (!(each instanceof PGPSignatureList list)) {
        throw new IOException("not a detached signature");
      }
      list.forEach(signatures::add);
    }
    if (signatures.isEmpty()) {
      throw new IOException("no signature packet");
    }
    return signatures;
  }

  private static List<Object> objects(byte[] bytes) throws IOException {
    List<Object> objects = new ArrayList<>();
    try {
      for (byte[] block : blocks(bytes)) {
        var factory = new BcPGPObjectFactory(new ByteArrayInputStream(block));
        for (Object next = factory.nextObject(); next != null; next = factory.nextObject()) {
          objects.add(next);
        }
      }
    } catch (RuntimeException e) {
      // The parser answers some damaged packets with exceptions of any kind.
      throw new IOException("damaged OpenPGP packet", e);
    }
    return objects;
  }

  private static List<byte[]> blocks(byte[] bytes) throws IOException {
    // The first octet of a binary packet has its highest bit set, a letter has not.
    if (bytes.length == 0 || bytes[0] < 0) {
      return List.of(bytes);
    }
    List<byte[]> blocks = new ArrayList<>();
    Matcher matcher = ARMOR.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      byte[] block = matcher.group().getBytes(StandardCharsets.ISO_8859_1);
      try (var in = new ArmoredInputStream(new ByteArrayInputStream(block))) {
        blocks.add(in.readAllBytes());
      }
    }
    if (blocks.isEmpty()) {
      throw new IOException("neither OpenPGP packets nor ASCII armor");
    }
    return blocks;
  }

  /** Whether a check of a signature over a key came out well; a damaged one did not. */
  static boolean holds(Check check) {
    try {
      return check.run();
    } catch (PGPException | RuntimeException e) {
      return false; // Algorithms that are not known, numbers out of range: not a proof of anything.
    }
  }

  /** A check of a signature. */
  @FunctionalInterface
  interface Check {
    boolean run() throws PGPException;
  }
}
